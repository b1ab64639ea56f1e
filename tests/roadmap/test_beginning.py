"""A draft from the library, and one from the programme of last year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.models import Event
from roadmap.blueprints import templates
from roadmap.drafting.sheet import HEAD, Part, Sheet, sheet_from_json
from roadmap.models import Activity, Draft, DraftOrigin, Programme, Reminded, Window
from roadmap.services.beginning import StartRefused, TemplateUnknown, begin_from_programme, begin_from_template
from roadmap.services.checking import programme_findings
from roadmap.services.programmes import make_programme
from tests.factories import (
    ActivityFactory,
    ApprovalFactory,
    CycleFactory,
    MembershipFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    StageFactory,
    WindowFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june_of_2027() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 6, 10, 9, tzinfo=UTC), tick=False):
        yield


def sheet_of(draft: Draft) -> Sheet:
    return sheet_from_json(Draft.objects.get(pk=draft.pk).entered)


def lines_of(draft: Draft) -> list[Part]:
    sheet = sheet_of(draft)
    return sheet.standing(sheet.activities)


def last_year(by: Actor, **columns: object) -> Programme:
    """A programme of the year before with one stage and one cycle."""
    programme = ProgrammeFactory(
        school=by.school,
        title="Дорожная карта на 2026-2027 учебный год",
        columns=[{"kind": "activity", "title": "Дела"}, {"kind": "result", "title": "Итог"}],
        **columns,
    )
    CycleFactory(programme=programme)
    StageFactory(programme=programme, place=1)
    return programme


def line(programme: Programme, place: int = 1, **columns: object) -> Activity:
    return ActivityFactory(stage=programme.stages.get(), place=place, **{"term_text": ""} | columns)


def time_of(activity: Activity, starts_on: date | None, ends_on: date | None, **columns: object) -> Window:
    cycle = activity.stage.programme.cycles.get()
    return WindowFactory(activity=activity, cycle=cycle, starts_on=starts_on, ends_on=ends_on, **columns)


# ---------------------------------------------------------------- from a template


def test_a_template_becomes_a_draft_of_the_school_with_its_name_and_years() -> None:
    by = actor_of()

    draft = begin_from_template(template="student", starts_on=date(2027, 9, 1), by=by)

    head = sheet_of(draft).parts[HEAD].fields
    assert by.school
    assert (draft.origin, draft.template, draft.source, draft.previous) == (DraftOrigin.TEMPLATE, "student", None, None)
    assert head["title"] == f"Дорожная карта внедрения программы наставничества в {by.school}"
    assert (head["organisation"], head["starts_on"], head["ends_on"]) == (by.school.name, "2027-09-01", "2028-06-30")
    assert len(lines_of(draft)) == 35
    assert Event.objects.get().detail == {"origin": "template", "activities": 35}


def test_a_draft_from_a_template_becomes_a_programme_that_begins_in_the_month_the_school_says() -> None:
    by = actor_of()

    programme = make_programme(draft=begin_from_template(template="gifted", starts_on=date(2027, 8, 15), by=by), by=by)

    assert (programme.starts_on, programme.ends_on) == (date(2027, 8, 1), date(2030, 6, 30))
    assert [cycle.year for cycle in programme.cycles.all()] == [2027, 2028, 2029]
    assert Activity.objects.filter(stage__programme=programme).count() == 35
    assert (programme.source, programme.previous) == (None, None)
    final = Activity.objects.get(stage__programme=programme, number="6.6")
    assert final.term_text == "Май 2028, 2029, 2030"
    assert list(final.windows.order_by("ends_on").values_list("ends_on__year", flat=True)) == [2028, 2029, 2030]


def test_a_template_without_terms_says_so() -> None:
    draft = begin_from_template(template="teacher", starts_on=date(2027, 9, 1), by=actor_of())

    assert [note.code for note in sheet_of(draft).parts[HEAD].open_notes()] == ["no_terms"]
    assert {part.fields["term"] for part in lines_of(draft)} == {""}


@pytest.mark.parametrize("template", [found.key for found in templates()])
@pytest.mark.parametrize("starts_on", [date(2027, 6, 1), date(2027, 9, 1), date(2028, 1, 1)], ids=str)
def test_the_checks_find_nothing_in_a_template_but_roles_that_nobody_holds(template: str, starts_on: date) -> None:
    by = actor_of()

    programme = make_programme(draft=begin_from_template(template=template, starts_on=starts_on, by=by), by=by)

    assert {finding.code for finding in programme_findings(programme)} <= {"role_unheld"}


@pytest.mark.parametrize(
    ("template", "starts_on", "refusal"),
    [
        ("none", date(2027, 9, 1), TemplateUnknown),
        ("student", date(1999, 9, 1), StartRefused),
        ("gifted", date(2098, 9, 1), StartRefused),
    ],
)
def test_what_cannot_be_begun_is_refused(template: str, starts_on: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        begin_from_template(template=template, starts_on=starts_on, by=actor_of())

    assert Draft.objects.count() == 0


# ---------------------------------------------------------------- from last year's programme


def test_the_next_programme_lies_a_year_later_and_knows_the_one_before() -> None:
    by = actor_of()
    programme = last_year(by)
    time_of(line(programme), date(2026, 10, 1), date(2026, 10, 31))

    draft = begin_from_programme(programme=programme, by=by)
    following = make_programme(draft=draft, by=by)

    assert (draft.origin, draft.previous, draft.source) == (DraftOrigin.PREVIOUS, programme, None)
    assert following.previous == programme
    assert following.title == "Дорожная карта на 2027-2028 учебный год"
    assert (following.starts_on, following.ends_on) == (date(2027, 9, 1), date(2028, 5, 31))
    assert following.columns == programme.columns
    window = Window.objects.get(cycle__programme=following)
    assert (window.starts_on, window.ends_on, window.done_on) == (date(2027, 10, 1), date(2027, 10, 31), None)
    assert Activity.objects.get(stage__programme=following).term_text == "Октябрь 2027"


@pytest.mark.parametrize(
    ("text", "days", "said", "moved"),
    [
        ("14.10.2026", ((14, 10, 2026), (14, 10, 2026)), "14 октября 2027", ((14, 10, 2027), (14, 10, 2027))),
        ("Февраль 2027", ((1, 2, 2027), (28, 2, 2027)), "Февраль 2028", ((1, 2, 2028), (29, 2, 2028))),
        ("Октябрь", ((5, 10, 2026), (9, 10, 2026)), "С 5 по 9 октября 2027", ((5, 10, 2027), (9, 10, 2027))),
        ("В течение всего периода", ((1, 9, 2026), (31, 5, 2027)), None, ((1, 9, 2027), (31, 5, 2028))),
        ("По графику", None, None, None),
        ("по первому снегу", None, None, None),
    ],
    ids=["day", "leap month", "days set by hand", "words", "schedule", "not understood"],
)
def test_months_stay_months_and_days_stay_days(
    text: str, days: tuple[tuple[int, ...], ...] | None, said: str | None, moved: tuple[tuple[int, ...], ...] | None
) -> None:
    by = actor_of()
    programme = last_year(by)
    was = [date(year, month, day) for day, month, year in days] if days else [None, None]
    time_of(line(programme, term_text=text), *was)

    draft = begin_from_programme(programme=programme, by=by)

    (part,) = lines_of(draft)
    expected = (tuple(date(year, month, day) for day, month, year in moved),) if moved else ()
    assert (part.fields["term"], part.windows) == (said or text, expected)
    assert make_programme(draft=draft, by=by).cycles.count() == 1


def test_what_came_of_each_activity_stands_beside_it() -> None:
    by = actor_of()
    programme = last_year(by)
    october = date(2026, 10, 1), date(2026, 10, 31)
    time_of(line(programme, 1), *october, done=True, done_on=date(2026, 10, 14), note="Пришли все")
    time_of(line(programme, 2), *october)
    line(programme, 3)
    often = line(programme, 4)
    time_of(often, *october, done=True, done_on=date(2026, 10, 30))
    time_of(often, date(2027, 5, 1), date(2027, 5, 31), done=True, done_on=date(2027, 5, 20), note="Подвели итог")
    time_of(often, date(2027, 6, 1), date(2027, 6, 30))

    draft = begin_from_programme(programme=programme, by=by)

    assert [text.replace("\xa0", " ") for text in draft.lines] == [
        "выполнено 14 октября 2026: Пришли все",
        "не отмечено выполненным",
        "",
        "выполнено 2 из 3 раз, в последний раз 20 мая 2027: Подвели итог",
    ]
    assert [part.line for part in lines_of(draft)] == [1, 2, 3, 4]


def test_those_who_left_the_school_are_marked_and_the_others_stay() -> None:
    by = actor_of()
    programme = last_year(by)
    gone = MembershipFactory(school=by.school, ended_at=timezone.now())
    activity = line(programme, responsible_text="Куратор Лугов Т. Е., директор Озёрная В. П.")
    ResponsibleFactory(activity=activity, place=1, name="Лугов Т. Е.", member=gone)
    ResponsibleFactory(activity=activity, place=2, role="директор", name="Озёрная В. П.", member=by.membership)

    draft = begin_from_programme(programme=programme, by=by)

    (part,) = lines_of(draft)
    assert part.fields["responsible"] == "Куратор Лугов Т. Е., директор Озёрная В. П."
    assert [(person.role, person.name) for person in part.people] == [
        ("Куратор", "Лугов Т. Е."),
        ("директор", "Озёрная В. П."),
    ]
    assert [(note.code, note.quote) for note in part.open_notes()] == [("person_left", "Лугов Т. Е.")]


def test_whoever_changed_his_role_in_the_school_has_not_left() -> None:
    by = actor_of()
    programme = last_year(by)
    before = MembershipFactory(school=by.school, ended_at=timezone.now())
    MembershipFactory(school=by.school, user=before.user, role="psychologist")
    ResponsibleFactory(activity=line(programme, responsible_text="Лугов Т. Е."), name="Лугов Т. Е.", member=before)

    (part,) = lines_of(begin_from_programme(programme=programme, by=by))

    assert part.open_notes() == []


def test_the_stamps_wait_for_their_new_date_and_number() -> None:
    by = actor_of()
    programme = last_year(by)
    line(programme)
    ApprovalFactory(programme=programme, place=1, basis="Приказ", number="137/к")

    draft = begin_from_programme(programme=programme, by=by)

    approval = make_programme(draft=draft, by=by).approvals.get()
    assert (approval.word, approval.person, approval.basis) == ("УТВЕРЖДАЮ", "Озёрная В. П.", "Приказ")
    assert (approval.date, approval.number) == (None, "")


def test_what_the_curator_chose_for_an_activity_holds_in_the_next_programme() -> None:
    by = actor_of()
    programme = last_year(by)
    line(programme, evidence="order", reminded=Reminded.NOBODY, remind_days=[3], extra={"result": "Приказ"})

    following = make_programme(draft=begin_from_programme(programme=programme, by=by), by=by)

    row = Activity.objects.get(stage__programme=following)
    assert (row.evidence, row.reminded, row.remind_days) == ("order", Reminded.NOBODY, [3])
    assert row.extra == {"result": "Приказ"}


def test_a_programme_long_over_is_brought_to_the_year_being_prepared() -> None:
    by = actor_of()
    programme = ProgrammeFactory(school=by.school, starts_on=date(2020, 9, 1), ends_on=date(2021, 8, 31))

    head = sheet_of(begin_from_programme(programme=programme, by=by)).parts[HEAD].fields

    assert (head["starts_on"], head["ends_on"]) == ("2027-09-01", "2028-08-31")


def test_a_programme_of_the_last_years_there_are_is_refused() -> None:
    by = actor_of()
    programme = ProgrammeFactory(school=by.school, starts_on=date(2099, 9, 1), ends_on=date(2100, 8, 31))

    with pytest.raises(StartRefused):
        begin_from_programme(programme=programme, by=by)


def test_the_number_of_queries_does_not_depend_on_the_number_of_activities() -> None:
    counts = []
    for size in (1, 5):
        by = actor_of()
        programme = last_year(by)
        for place in range(size):
            activity = line(programme, place + 1)
            ResponsibleFactory(activity=activity, member=by.membership)
            time_of(activity, date(2026, 10, 1), date(2026, 10, 31))
        with CaptureQueriesContext(connection) as queries:
            begin_from_programme(programme=programme, by=by)
        counts.append(len(queries))

    assert counts[0] == counts[1]
