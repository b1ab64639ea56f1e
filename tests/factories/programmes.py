"""Programmes with their plans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from accounts.tokens import digest
from core.models import Role, School
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
from tests.factories.rows import RowFactory
from tests.factories.schools import SchoolFactory, StoredFileFactory, UserFactory, actor_of

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
