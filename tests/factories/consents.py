"""Consents, their texts and copies."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from PIL import Image

from participants.models import (
    Consent,
    ConsentKind,
    ConsentPage,
    ConsentPurpose,
    ConsentState,
    ConsentText,
    DraftPage,
    Enrolment,
    PersonKind,
    Side,
    kind_of_consent,
)
from tests.factories.people import EnrolmentFactory, GuardianFactory, PersonFactory
from tests.factories.rows import RowFactory
from tests.factories.schools import SchoolFactory, StoredFileFactory, UserFactory


class ConsentTextFactory(RowFactory[ConsentText]):
    class Meta:
        model = ConsentText

    school = SubFactory(SchoolFactory)
    kind = ConsentKind.GUARDIAN
    version = Sequence(lambda n: n + 2)  # 1 is the standard text
    purpose_text = "подбор наставника и ведение программы наставничества"
    data_text = "фамилия, имя, отчество, дата рождения, класс"
    actions_text = "сбор, запись, хранение, использование, уничтожение"
    term_text = "до завершения программы наставничества"
    withdrawal_text = "письменным заявлением в школу"


class ConsentFactory(RowFactory[Consent]):
    """A consent asked of a guardian of a mentee; `own` is asked of the person himself, `mentor`, `publish` and `labour`
    are for other purposes. The other traits are its states.
    """

    class Meta:
        model = Consent

    class Params:
        own = Trait(guardian=None)
        mentor = Trait(purpose=ConsentPurpose.MENTOR)
        publish = Trait(purpose=ConsentPurpose.DISSEMINATION)
        labour = Trait(guardian=None, purpose=ConsentPurpose.LABOUR)
        sent = Trait(state=ConsentState.SENT, attempt=1, sent_at=LazyFunction(timezone.now))
        returned = Trait(
            state=ConsentState.RETURNED,
            attempt=1,
            sent_at=LazyFunction(timezone.now),
            decided_at=LazyFunction(timezone.now),
            decided_by=SubFactory(UserFactory),
            reason="Нет подписи",
        )
        in_force = Trait(
            state=ConsentState.IN_FORCE,
            attempt=1,
            sent_at=LazyFunction(timezone.now),
            decided_at=LazyFunction(timezone.now),
            decided_by=SubFactory(UserFactory),
        )
        accepted = Trait(
            state=ConsentState.ACCEPTED,
            attempt=1,
            sent_at=LazyFunction(timezone.now),
            decided_at=LazyFunction(timezone.now),
            decided_by=SubFactory(UserFactory),
        )
        contested = Trait(state=ConsentState.CONTESTED, reason="Отец против")
        declined = Trait(state=ConsentState.DECLINED, ended_at=LazyFunction(timezone.now))
        cancelled = Trait(state=ConsentState.CANCELLED, ended_at=LazyFunction(timezone.now))
        withdrawn = Trait(state=ConsentState.WITHDRAWN, ended_at=LazyFunction(timezone.now))
        expired = Trait(state=ConsentState.EXPIRED, ended_at=LazyFunction(timezone.now))
        replaced = Trait(state=ConsentState.REPLACED, ended_at=LazyFunction(timezone.now))
        invalid = Trait(state=ConsentState.INVALID, ended_at=LazyFunction(timezone.now))

    person = SubFactory(PersonFactory)
    guardian = SubFactory(GuardianFactory, school=SelfAttribute("..person.school"))
    purpose = ConsentPurpose.PROCESSING
    text = LazyAttribute(
        lambda row: ConsentTextFactory(
            school=row.person.school, kind=kind_of_consent(row.purpose, is_by_guardian=row.guardian is not None)
        )
    )
    expires_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=300))


@cache
def white_sheet() -> bytes:
    """A small white JPEG, as the pages of copies are kept."""
    out = BytesIO()
    Image.new("RGB", (21, 30), "white").save(out, "JPEG")
    return out.getvalue()


class ConsentPageFactory(RowFactory[ConsentPage]):
    class Meta:
        model = ConsentPage

    consent = SubFactory(ConsentFactory, sent=True)
    attempt = 1
    place = Sequence(lambda n: n + 1)
    file = SubFactory(
        StoredFileFactory,
        school=SelfAttribute("..consent.person.school"),
        purpose="consent page",
        name="1.jpg",
        content_type="image/jpeg",
        data=LazyFunction(white_sheet),
    )


class DraftPageFactory(RowFactory[DraftPage]):
    class Meta:
        model = DraftPage

    consent = SubFactory(ConsentFactory)
    place = Sequence(lambda n: n + 1)
    file = SubFactory(
        StoredFileFactory,
        school=SelfAttribute("..consent.person.school"),
        purpose="consent page",
        name="page.jpg",
        content_type="image/jpeg",
        data=LazyFunction(white_sheet),
    )


def cleared_enrolment(**columns: Any) -> Enrolment:
    """An enrolment with every consent it needs in force."""
    enrolment = EnrolmentFactory(**columns)
    person = enrolment.person
    own = {} if person.is_minor_on(timezone.localdate()) else {"own": True}
    side = {"mentor": True} if enrolment.side == Side.MENTOR else {}
    ConsentFactory(person=person, in_force=True, **own, **side)
    if enrolment.side == Side.MENTOR and enrolment.form.is_of_employees and person.kind == PersonKind.TEACHER:
        ConsentFactory(person=person, in_force=True, labour=True)
    return enrolment
