"""People of a school, who signs for them, and their parts in a year."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from accounts.tokens import digest
from participants.models import (
    Authority,
    Enrolment,
    EnrolmentState,
    FormModel,
    Guardian,
    Guardianship,
    LinkChannel,
    LinkState,
    MentoringForm,
    Person,
    PersonalLink,
    PersonKind,
    RoleModel,
    Side,
)
from tests.factories.programmes import CycleFactory
from tests.factories.rows import RowFactory
from tests.factories.schools import SchoolFactory


class MentoringFormFactory(RowFactory[MentoringForm]):
    """«Ученик – ученик»; `employees` gives a form in which an employee is mentored."""

    class Meta:
        model = MentoringForm

    class Params:
        employees = Trait(
            model=FormModel.TEACHER,
            mentor_kind=PersonKind.TEACHER,
            mentee_kind=PersonKind.TEACHER,
            is_of_employees=True,
        )

    school = SubFactory(SchoolFactory)
    name = Sequence(lambda n: f"Ученик – ученик {n}")
    model = FormModel.STUDENT
    mentor_kind = PersonKind.PUPIL
    mentee_kind = PersonKind.PUPIL


class RoleModelFactory(RowFactory[RoleModel]):
    class Meta:
        model = RoleModel

    form = SubFactory(MentoringFormFactory)
    name = Sequence(lambda n: f"лидер – пассивный {n}")


class PersonFactory(RowFactory[Person]):
    """A pupil of twelve; `teacher` gives a grown-up teacher with an address."""

    class Meta:
        model = Person

    class Params:
        teacher = Trait(
            kind=PersonKind.TEACHER,
            birth_date=date(1980, 4, 2),
            class_name="",
            post="учитель физики",
            email=Sequence(lambda n: f"teacher{n}@school.test"),
        )

    school = SubFactory(SchoolFactory)
    kind = PersonKind.PUPIL
    surname = Sequence(lambda n: f"Ольхин{n}")
    given_name = "Мирон"
    patronymic = "Захарович"
    birth_date = date(2014, 3, 5)
    class_name = "7 «Б»"


class GuardianFactory(RowFactory[Guardian]):
    class Meta:
        model = Guardian

    school = SubFactory(SchoolFactory)
    surname = Sequence(lambda n: f"Ольхина{n}")
    given_name = "Вера"
    patronymic = "Павловна"
    email = Sequence(lambda n: f"guardian{n}@home.test")


class GuardianshipFactory(RowFactory[Guardianship]):
    class Meta:
        model = Guardianship

    minor = SubFactory(PersonFactory)
    guardian = SubFactory(GuardianFactory, school=SelfAttribute("..minor.school"))
    authority = Authority.MOTHER


class PersonalLinkFactory(RowFactory[PersonalLink]):
    """An open link whose address carries `token`, for a guardian; `own` is the person's own."""

    class Meta:
        model = PersonalLink

    class Params:
        token = Sequence(lambda n: f"link-{n}")
        own = Trait(guardian=None)
        revoked = Trait(state=LinkState.REVOKED)

    person = SubFactory(PersonFactory)
    school = SelfAttribute("person.school")
    guardian = SubFactory(GuardianFactory, school=SelfAttribute("..person.school"))
    channel = LinkChannel.LETTER
    token_hash = LazyAttribute(lambda row: digest(row.token))
    expires_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=300))


class EnrolmentFactory(RowFactory[Enrolment]):
    """A mentee of a form; `mentor` is a mentor with two places. Neither has a consent: see `cleared_enrolment`."""

    class Meta:
        model = Enrolment

    class Params:
        mentor = Trait(side=Side.MENTOR, capacity=2, competences="Математика", request="")
        left = Trait(state=EnrolmentState.LEFT, left_on=LazyFunction(timezone.localdate))
        refused = Trait(state=EnrolmentState.REFUSED, left_on=LazyFunction(timezone.localdate))
        finished = Trait(state=EnrolmentState.FINISHED, left_on=LazyFunction(timezone.localdate))

    person = SubFactory(PersonFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...person.school"))
    form = SubFactory(MentoringFormFactory, school=SelfAttribute("..person.school"))
    side = Side.MENTEE
    request = "Подтянуть математику"
