"""Rows for tests, with invented names. Each factory gives a row that is valid as it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from accounts.models import Card, Invitation, PassState
from accounts.tokens import digest
from core.actors import SYSTEM, Actor, user_actor
from core.files import store_file
from core.journal import record_event
from core.models import Event, Job, Membership, Notice, Once, PeriodKind, Role, School, SchoolPeriod, StoredFile, User
from pairing.models import ApprovalRule, Match, MatchState, Meeting, MeetingKind, Mentorship, MentorshipState, Place
from participants.models import (
    Authority,
    Consent,
    ConsentPage,
    ConsentPurpose,
    ConsentState,
    ConsentText,
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
from reports.models import Order, OrderLine, OrderState
from roadmap.models import (
    Activity,
    Approval,
    CalendarFeed,
    Change,
    ChangeKind,
    ClosingState,
    Cycle,
    Draft,
    Duty,
    Programme,
    Proof,
    Quiet,
    ReminderChoice,
    Responsible,
    Stage,
    StageClosing,
    TermKind,
    Version,
    Window,
    WindowState,
)
from roadmap.services.drafts import open_draft
from roadmap.services.versions import content_of

STAGE_NAMES = (
    "Подготовка условий для запуска",
    "Формирование базы наставляемых",
    "Формирование базы наставников",
    "Отбор и обучение наставников",
    "Формирование пар и групп",
    "Организация работы пар и групп",
    "Завершение наставничества",
)

ROADMAP = """Дорожная карта внедрения программы наставничества
в МБОУ «Луговая школа № {n}» на 2026-2027 учебный год

№ п/п\tМероприятия\tСроки\tОтветственные
1\tПодготовка условий для запуска программы наставничества\t\t
1.1\tВстреча с родителями\tДекабрь 2026\tКуратор
2\tФормирование базы наставляемых\t\t
2.1\tАнкетирование учеников\tОктябрь 2026\tПедагог-психолог
"""

Row = TypeVar("Row")


class RowFactory(DjangoModelFactory[Row]):
    """Calling a factory gives a row; the type checker has to be told."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **columns: Any) -> Row: ...  # type: ignore[misc]


class SchoolFactory(RowFactory[School]):
    class Meta:
        model = School

    name = LazyAttribute(lambda row: f"Муниципальное учреждение «{row.short_name}»")
    short_name = Sequence(lambda n: f"Школа № {n + 1}")
    place = "Заречный"


class SchoolPeriodFactory(RowFactory[SchoolPeriod]):
    class Meta:
        model = SchoolPeriod

    school = SubFactory(SchoolFactory)
    kind = PeriodKind.TERM
    number = 1
    starts_on = date(2026, 9, 1)
    ends_on = date(2026, 10, 25)


class UserFactory(RowFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@school.test")
    surname = Sequence(lambda n: f"Лугов{n}")
    given_name = "Тихон"
    patronymic = "Ерёмович"
    password = "!"  # nobody logs in with it


class MembershipFactory(RowFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    school = SubFactory(SchoolFactory)
    role = Role.CURATOR


class StoredFileFactory(RowFactory[StoredFile]):
    """A real encrypted file in the data folder and its row."""

    class Meta:
        model = StoredFile

    school = SubFactory(SchoolFactory)
    purpose = "roadmap source"
    name = "Дорожная карта.txt"
    content_type = "text/plain"
    data = "Дорожная карта".encode()
    by = SYSTEM

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: object) -> StoredFile:
        return store_file(*args, **kwargs)  # type: ignore[arg-type]


class EventFactory(RowFactory[Event]):
    """A line at the end of its school's chain."""

    class Meta:
        model = Event

    verb = "look"
    by = SYSTEM

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: object) -> Event:
        return record_event(**kwargs)  # type: ignore[arg-type]


class NoticeFactory(RowFactory[Notice]):
    class Meta:
        model = Notice

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    key = Sequence(lambda n: f"test:{n}")
    kind = "test"


class JobFactory(RowFactory[Job]):
    class Meta:
        model = Job

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    key = Sequence(lambda n: f"test:{n}")
    kind = "test"


class InvitationFactory(RowFactory[Invitation]):
    """A waiting invitation, good for two weeks; its link carries `token`."""

    class Meta:
        model = Invitation

    class Params:
        token = Sequence(lambda n: f"invitation-{n}")
        used = Trait(state=PassState.USED, user=SubFactory(UserFactory), closed_at=LazyFunction(timezone.now))
        revoked = Trait(state=PassState.REVOKED, closed_at=LazyFunction(timezone.now))

    school = SubFactory(SchoolFactory)
    role = Role.CLASS_TEACHER
    email = Sequence(lambda n: f"invited{n}@school.test")
    token_hash = LazyAttribute(lambda row: digest(row.token))
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=14))


class CardFactory(RowFactory[Card]):
    """A waiting card; its link carries `token`."""

    class Meta:
        model = Card

    class Params:
        token = Sequence(lambda n: f"card-{n}")
        used = Trait(state=PassState.USED, closed_at=LazyFunction(timezone.now))
        revoked = Trait(state=PassState.REVOKED, closed_at=LazyFunction(timezone.now))

    school = SubFactory(SchoolFactory)
    user = SubFactory(UserFactory)
    token_hash = LazyAttribute(lambda row: digest(row.token))
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=60))


class ProgrammeFactory(RowFactory[Programme]):
    class Meta:
        model = Programme

    school = SubFactory(SchoolFactory)
    title = "Дорожная карта реализации целевой модели наставничества"
    organisation = LazyAttribute(lambda row: row.school.name)
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 5, 31)


class CycleFactory(RowFactory[Cycle]):
    class Meta:
        model = Cycle

    programme = SubFactory(ProgrammeFactory)
    year = 2026
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)


class StageFactory(RowFactory[Stage]):
    class Meta:
        model = Stage

    programme = SubFactory(ProgrammeFactory)
    place = Sequence(lambda n: n + 1)
    number = LazyAttribute(lambda row: str(row.place))
    name = LazyAttribute(lambda row: STAGE_NAMES[(row.place - 1) % len(STAGE_NAMES)])


class ApprovalFactory(RowFactory[Approval]):
    class Meta:
        model = Approval

    programme = SubFactory(ProgrammeFactory)
    place = Sequence(lambda n: n + 1)
    word = "УТВЕРЖДАЮ"
    by = "Директор"
    person = "Озёрная В. П."
    date = date(2026, 8, 30)


class ActivityFactory(RowFactory[Activity]):
    class Meta:
        model = Activity

    stage = SubFactory(StageFactory)
    place = Sequence(lambda n: n + 1)
    number = LazyAttribute(lambda row: f"{row.stage.place}.{row.place}")
    text = LazyAttribute(lambda row: f"Провести мероприятие {row.number}")
    term_text = "октябрь 2026 г."
    term_kind = TermKind.MONTH
    responsible_text = "Куратор"


class WindowFactory(RowFactory[Window]):
    class Meta:
        model = Window

    class Params:
        done = Trait(
            state=WindowState.DONE,
            done_on=SelfAttribute("ends_on"),
            done_by=SubFactory(UserFactory),
        )

    activity = SubFactory(ActivityFactory)
    cycle = SubFactory(CycleFactory, programme=SelfAttribute("..activity.stage.programme"))
    starts_on = date(2026, 10, 1)
    ends_on = date(2026, 10, 31)


class ResponsibleFactory(RowFactory[Responsible]):
    class Meta:
        model = Responsible

    activity = SubFactory(ActivityFactory)
    place = Sequence(lambda n: n + 1)
    role = "Куратор"
    duty = Duty.CURATOR


class DraftFactory(RowFactory[Draft]):
    """A draft opened from a small roadmap by a curator of the school; `text` is the file's."""

    class Meta:
        model = Draft

    school = SubFactory(SchoolFactory)
    text = Sequence(lambda n: ROADMAP.format(n=n + 1))

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: Any) -> Draft:
        by = actor_of(Role.CURATOR, kwargs["school"])
        return open_draft(data=kwargs["text"].encode(), name="Дорожная карта.txt", by=by)


class VersionFactory(RowFactory[Version]):
    """The programme as it stands, approved."""

    class Meta:
        model = Version

    programme = SubFactory(ProgrammeFactory)
    number = Sequence(lambda n: n + 1)
    revision = Sequence(lambda n: n + 1)
    content = LazyAttribute(lambda row: content_of(row.programme))
    approved_on = date(2026, 9, 1)
    approved_by = SubFactory(UserFactory)


class ChangeFactory(RowFactory[Change]):
    class Meta:
        model = Change

    class Params:
        undone = Trait(undone_at=LazyFunction(timezone.now), undone_by=SubFactory(UserFactory))

    programme = SubFactory(ProgrammeFactory)
    kind = ChangeKind.EDIT
    told = "№ 1.1"
    revision = 2
    made_by = SubFactory(UserFactory)


class ProofFactory(RowFactory[Proof]):
    class Meta:
        model = Proof

    window = SubFactory(WindowFactory, done=True)
    place = Sequence(lambda n: n + 1)
    file = SubFactory(
        StoredFileFactory,
        school=SelfAttribute("..window.activity.stage.programme.school"),
        purpose="proof",
        name="Протокол.pdf",
        content_type="application/pdf",
    )


class StageClosingFactory(RowFactory[StageClosing]):
    class Meta:
        model = StageClosing

    class Params:
        reopened = Trait(state=ClosingState.REOPENED)

    stage = SubFactory(StageFactory)
    cycle = SubFactory(CycleFactory, programme=SelfAttribute("..stage.programme"))
    closed_on = date(2026, 11, 1)
    closed_by = SubFactory(UserFactory)


class ReminderChoiceFactory(RowFactory[ReminderChoice]):
    class Meta:
        model = ReminderChoice

    user = SubFactory(UserFactory)
    school = SubFactory(SchoolFactory)


class QuietFactory(RowFactory[Quiet]):
    class Meta:
        model = Quiet

    user = SubFactory(UserFactory)
    activity = SubFactory(ActivityFactory)


class CalendarFeedFactory(RowFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    class Params:
        token = Sequence(lambda n: f"feed-{n}")

    user = SubFactory(UserFactory)
    school = SubFactory(SchoolFactory)
    token_hash = LazyAttribute(lambda row: digest(row.token))


class OnceFactory(RowFactory[Once]):
    class Meta:
        model = Once

    key = Sequence(lambda n: f"{n:064d}")


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


class ConsentTextFactory(RowFactory[ConsentText]):
    class Meta:
        model = ConsentText

    school = SubFactory(SchoolFactory)
    purpose = ConsentPurpose.PROCESSING
    version = Sequence(lambda n: n + 2)  # 1 is the standard text
    purpose_text = "подбор наставника и ведение программы наставничества"
    data_text = "фамилия, имя, отчество, дата рождения, класс"
    actions_text = "сбор, запись, хранение, использование, уничтожение"
    term_text = "до завершения программы наставничества"
    withdrawal_text = "письменным заявлением в школу"


class ConsentFactory(RowFactory[Consent]):
    """A consent asked of a guardian of the person; `own` is asked of the person himself. Traits are its states."""

    class Meta:
        model = Consent

    class Params:
        own = Trait(guardian=None)
        labour = Trait(
            guardian=None,
            purpose=ConsentPurpose.LABOUR,
            text=SubFactory(ConsentTextFactory, school=SelfAttribute("..person.school"), purpose=ConsentPurpose.LABOUR),
        )
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
        declined = Trait(state=ConsentState.DECLINED, ended_at=LazyFunction(timezone.now))
        cancelled = Trait(state=ConsentState.CANCELLED, ended_at=LazyFunction(timezone.now))
        withdrawn = Trait(state=ConsentState.WITHDRAWN, ended_at=LazyFunction(timezone.now))
        expired = Trait(state=ConsentState.EXPIRED, ended_at=LazyFunction(timezone.now))

    person = SubFactory(PersonFactory)
    guardian = SubFactory(GuardianFactory, school=SelfAttribute("..person.school"))
    text = SubFactory(ConsentTextFactory, school=SelfAttribute("..person.school"))
    purpose = ConsentPurpose.PROCESSING
    expires_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=300))


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
    )


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

    person = SubFactory(PersonFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...person.school"))
    form = SubFactory(MentoringFormFactory, school=SelfAttribute("..person.school"))
    side = Side.MENTEE
    request = "Подтянуть математику"


def cleared_enrolment(**columns: Any) -> Enrolment:
    """An enrolment with every consent it needs in force."""
    enrolment = EnrolmentFactory(**columns)
    person = enrolment.person
    own = {} if person.is_minor_on(timezone.localdate()) else {"own": True}
    ConsentFactory(person=person, in_force=True, **own)
    if enrolment.side == Side.MENTOR and enrolment.form.is_of_employees and person.kind == PersonKind.TEACHER:
        ConsentFactory(person=person, in_force=True, labour=True)
    return enrolment


class MatchFactory(RowFactory[Match]):
    """A match of two people with consents in one cycle and form. Traits are its states."""

    class Meta:
        model = Match

    class Params:
        returned = Trait(
            state=MatchState.RETURNED,
            decided_by=SubFactory(UserFactory),
            decided_at=LazyFunction(timezone.now),
            decision_note="Другой класс",
        )
        approved = Trait(
            state=MatchState.APPROVED, decided_by=SubFactory(UserFactory), decided_at=LazyFunction(timezone.now)
        )
        in_force = Trait(
            state=MatchState.IN_FORCE, decided_by=SubFactory(UserFactory), decided_at=LazyFunction(timezone.now)
        )
        dropped = Trait(state=MatchState.DROPPED)

    school = SubFactory(SchoolFactory)
    mentor = LazyAttribute(lambda row: cleared_enrolment(person__school=row.school, mentor=True))
    mentee = LazyAttribute(
        lambda row: cleared_enrolment(person__school=row.school, cycle=row.mentor.cycle, form=row.mentor.form)
    )
    proposed_by = SubFactory(UserFactory)


class ApprovalRuleFactory(RowFactory[ApprovalRule]):
    class Meta:
        model = ApprovalRule

    school = SubFactory(SchoolFactory)
    is_single = True
    reason = "В школе один руководитель"
    changed_by = SubFactory(UserFactory)


class MentorshipFactory(RowFactory[Mentorship]):
    """An active mentorship without places: see `PlaceFactory`."""

    class Meta:
        model = Mentorship

    class Params:
        finished = Trait(state=MentorshipState.FINISHED, ended_on=SelfAttribute("ends_on"))
        stopped = Trait(state=MentorshipState.STOPPED, ended_on=SelfAttribute("starts_on"))

    school = SubFactory(SchoolFactory)
    mentor = LazyAttribute(lambda row: cleared_enrolment(person__school=row.school, mentor=True))
    ground = "приказ от 01.10.2026 № 137/к"
    starts_on = date(2026, 10, 1)
    ends_on = date(2027, 5, 31)


class PlaceFactory(RowFactory[Place]):
    """A mentee in an active mentorship, by a match in force."""

    class Meta:
        model = Place

    class Params:
        school = SubFactory(SchoolFactory)

    match = SubFactory(MatchFactory, in_force=True, school=SelfAttribute("..school"))
    mentorship = LazyAttribute(lambda row: MentorshipFactory(school=row.match.school, mentor=row.match.mentor))
    mentee = SelfAttribute("match.mentee")
    joined_on = date(2026, 10, 1)


class MeetingFactory(RowFactory[Meeting]):
    """A regular meeting at which everyone of the mentorship was."""

    class Meta:
        model = Meeting

    mentorship = LazyAttribute(lambda row: PlaceFactory().mentorship)
    kind = MeetingKind.REGULAR
    held_at = datetime(2026, 10, 12, 15, 20, tzinfo=UTC)
    minutes = 45
    summary = "Разобрали задачи на проценты"
    recorded_by = SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: Any) -> Meeting:
        meeting = Meeting.objects.create(**kwargs)
        meeting.attended.set(meeting.mentorship.places.all())
        return meeting


class OrderFactory(RowFactory[Order]):
    """A draft without lines. `in_force` is signed and scanned."""

    class Meta:
        model = Order

    class Params:
        in_force = Trait(
            state=OrderState.IN_FORCE,
            scan=SubFactory(StoredFileFactory, school=SelfAttribute("..school"), purpose="order scan"),
            in_force_by=SubFactory(UserFactory),
            in_force_at=LazyFunction(timezone.now),
        )
        cancelled = Trait(state=OrderState.CANCELLED)

    school = SubFactory(SchoolFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...school"))
    number = Sequence(lambda n: f"{n + 1}/к")
    dated_on = date(2026, 10, 30)
    year = 2026
    place = "пос. Заречный"
    title = "Об утверждении наставнических пар и групп на 2026–2027 учебный год"
    preamble = "По итогам подбора"
    points = LazyFunction(lambda: ["Утвердить состав наставнических пар и групп (приложение)."])
    signer_post = "Директор"
    signer_name = "В. П. Озёрная"
    made_by = SubFactory(UserFactory)


class OrderLineFactory(RowFactory[OrderLine]):
    class Meta:
        model = OrderLine

    order = SubFactory(OrderFactory)
    place = Sequence(lambda n: n + 1)
    mentor_text = "Орешникова Анна Сергеевна, 10 «А» класс"
    mentees_text = "Ольхин Мирон Захарович, 7 «Б» класс"
    form_text = "«ученик – ученик»"
    starts_on = date(2026, 10, 30)
    ends_on = date(2027, 5, 31)


def actor_of(role: Role = Role.CURATOR, school: School | None = None, user: User | None = None) -> Actor:
    """Someone acting in `role`, in a new school and as a new person where none is given."""
    given = {"school": school} if school else {}
    given |= {"user": user} if user else {}  # type: ignore[dict-item]
    membership = MembershipFactory(role=role, **given)
    return user_actor(membership.user, [membership])


def installation_admin() -> Actor:
    """The installation's administrator, who is in no school."""
    return user_actor(UserFactory(is_installation_admin=True), [])


def full_programme(
    school: School | None = None, *, activities: int = 35, done: int = 0, starts_on: date = date(2026, 9, 1)
) -> Programme:
    """A programme of seven stages and one cycle; each activity has one responsible and one window.

    Windows are a month long, begin a week apart from `starts_on` on; the first `done` are marked done by a
    curator of the school on their last day.
    """
    school = school or SchoolFactory()
    programme = ProgrammeFactory(school=school, starts_on=starts_on, ends_on=starts_on + timedelta(days=364))
    cycle = CycleFactory(programme=programme, year=starts_on.year, starts_on=starts_on, ends_on=programme.ends_on)
    ApprovalFactory(programme=programme, place=1)
    stages = [StageFactory(programme=programme, place=place) for place in range(1, 8)]
    finisher = actor_of(Role.CURATOR, school).user if done else None
    for index in range(activities):
        first = starts_on + timedelta(weeks=index % 48)
        last = first + timedelta(days=29)
        activity = ActivityFactory(stage=stages[index * 7 // activities], place=index + 1)
        ResponsibleFactory(activity=activity, place=1)
        own = {"done": True, "done_by": finisher} if index < done else {}
        WindowFactory(activity=activity, cycle=cycle, starts_on=first, ends_on=last, **own)
    return programme


def factory_of(model: type[models.Model]) -> type[RowFactory[Any]]:
    """The factory that makes rows of `model`."""
    found = [made for made in RowFactory.__subclasses__() if made._meta.model is model]
    assert found, f"{model.__name__} has no factory: add one to tests/factories.py, with a trait for each later state"
    return found[0]
