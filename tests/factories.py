"""Rows for tests, with invented names. Each factory gives a row that is valid as it stands."""

from __future__ import annotations

from datetime import date, timedelta
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
from core.models import Event, Job, Membership, Notice, PeriodKind, Role, School, SchoolPeriod, StoredFile, User
from roadmap.models import (
    Activity,
    Approval,
    Cycle,
    Draft,
    Duty,
    Programme,
    Responsible,
    Stage,
    TermKind,
    Window,
    WindowState,
)
from roadmap.services.drafts import open_draft

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
