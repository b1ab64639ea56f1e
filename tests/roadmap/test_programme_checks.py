"""The page of what is amiss in a programme: mending, putting aside, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import Actor
from core.models import Event, Role
from roadmap.checking import finding_key, label_of
from roadmap.drafting.findings import NOTHING_KNOWN, findings_of
from roadmap.models import Activity, Programme, Window
from roadmap.services.checking import programme_findings
from roadmap.services.drafts import open_draft, save_draft, settle_note
from roadmap.services.mending import mend_finding
from roadmap.services.programmes import make_programme
from roadmap.services.undoing import undo_change
from tests.factories import MembershipFactory, ProgrammeFactory, SchoolFactory, SchoolPeriodFactory, actor_of
from tests.roadmap.documents import twin

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
PLAN = """Дорожная карта внедрения программы наставничества
на 2026-2027 учебный год

№ п/п\tМероприятия\tСроки\tОтветственные
1\tФормирование наставнических пар или групп\t\t
1.1\tОрганизация групповой встречи наставников и наставляемых\tОктябрь 2026\tКуратор Программы
1.2\tПроведение анкетирования на предмет предпочитаемого наставника/наставляемого после завершения групповой встречи\tСентябрь 2026\tКуратор
1.4\tПедсовет в МБОУ «СОШ №49»\tМай 2021\tПедагог-психолог
"""


def made(text: str | bytes = PLAN, by: Actor | None = None) -> tuple[Programme, Actor]:
    by = by or actor_of(Role.CURATOR, school=SchoolFactory(short_name="МБОУ «СОШ № 7»"))
    data = text if isinstance(text, bytes) else text.encode()
    draft = open_draft(data=data, name="план.txt", by=by)
    return make_programme(draft=draft, by=by), by


def told(programme: Programme) -> list[tuple[str, str]]:
    return [(found.code, label_of(found.mend) if found.mend else "") for found in programme_findings(programme)]


def key_of(programme: Programme, code: str) -> str:
    return next(finding_key(found) for found in programme_findings(programme) if found.code == code)


def mend(programme: Programme, code: str, by: Actor):
    programme.refresh_from_db()
    return mend_finding(programme=programme, finding=key_of(programme, code), by=by)


def activity(programme: Programme, number: str) -> Activity:
    return Activity.objects.get(stage__programme=programme, number=number)


def windows(of: Activity) -> list[tuple[date | None, date | None]]:
    return list(Window.objects.filter(activity=of).values_list("starts_on", "ends_on"))


ALL = [
    ("after_dependent", "Исправить: Октябрь 2026"),
    ("outside_period", "Исправить: Май 2027"),
    ("numbering_gap", "Перенумеровать: 1.3"),
    ("other_school", "Исправить: МБОУ «СОШ № 7»"),
    ("role_unheld", ""),
]


def test_a_programme_tells_what_its_draft_told():
    assert told(made()[0]) == ALL


@pytest.mark.parametrize("code", [code for code, label in ALL if label])
def test_a_mend_ends_its_finding_and_is_put_back_from_the_history(code):
    programme, by = made()

    change = mend(programme, code, by)

    assert told(programme) == [row for row in ALL if row[0] != code]
    assert change is not None
    undo_change(change=change, by=by)
    assert sorted(told(programme)) == sorted(ALL)


def test_a_mended_term_brings_its_days():
    programme, by = made()

    mend(programme, "outside_period", by)

    assert activity(programme, "1.4").term_text == "Май 2027"
    assert windows(activity(programme, "1.4")) == [(date(2027, 5, 1), date(2027, 5, 31))]


def test_what_was_mended_is_not_mended_twice():
    programme, by = made()
    key = key_of(programme, "numbering_gap")

    first, second = (mend_finding(programme=programme, finding=key, by=by) for _press in range(2))

    assert first is not None
    assert second is None
    assert mend_finding(programme=programme, finding="", by=by) is None


def test_a_missing_activity_is_added_at_its_stage_with_the_days_of_its_neighbour():
    programme, by = made(twin("three_years"))

    mend(programme, "missing_standard", by)

    added = activity(programme, "7.6")
    assert [row.number for row in added.stage.activities.order_by("place")][4:7] == ["7.5", "7.6", "7.7"]
    assert windows(added) == [(date(year, 5, 1), date(year, 5, 31)) for year in (2022, 2023, 2024)]


def test_a_name_in_a_section_is_mended_in_every_row_of_it():
    programme, by = made()
    rows = Activity.objects.filter(stage__programme=programme)
    rows.update(section="Работа в СОШ № 49", text="Дело")

    change = mend(programme, "other_school", by)

    assert set(rows.values_list("section", flat=True)) == {"Работа в МБОУ «СОШ № 7»"}
    assert change is not None
    assert programme.changes.count() == 1


def test_a_name_on_the_title_page_and_in_a_stage_is_mended_there():
    programme, by = made()
    programme.title = "Дорожная карта СОШ № 49"
    programme.save()
    programme.stages.update(task="учить в СОШ № 49")

    change = mend(programme, "other_school", by)

    programme.refresh_from_db()
    assert programme.title == "Дорожная карта МБОУ «СОШ № 7»"
    assert programme.stages.get().task == "учить в МБОУ «СОШ № 7»"
    assert told(programme) == [row for row in ALL if row[0] != "other_school"]
    assert change is not None
    undo_change(change=change, by=by)
    programme.refresh_from_db()
    assert programme.title == "Дорожная карта СОШ № 49"


def test_of_what_is_done_only_its_words_are_looked_at():
    programme, _by = made()
    Window.objects.filter(activity=activity(programme, "1.4")).update(
        state="done", done_on=date(2026, 11, 1), done_by=MembershipFactory().user
    )

    assert [code for code, _label in told(programme)] == ["after_dependent", "numbering_gap", "other_school"]


def test_days_set_by_hand_are_what_counts():
    programme, _by = made()
    Window.objects.filter(activity=activity(programme, "1.2")).update(
        starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 6)
    )

    assert "after_dependent" not in {code for code, _label in told(programme)}


def test_school_terms_are_looked_up_in_the_schools_calendar():
    by = actor_of(Role.CURATOR, school=SchoolFactory(short_name="Школа"))
    SchoolPeriodFactory(school=by.school, starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 25))
    programme, _ = made(PLAN.replace("Сентябрь 2026", "1 четверть"), by)

    (found,) = [one for one in programme_findings(programme) if one.code == "after_dependent"]

    assert found.quote == "1 четверть"


def test_a_role_with_a_member_of_the_school_behind_it_is_held():
    programme, by = made()
    MembershipFactory(school=by.school, role=Role.PSYCHOLOGIST)

    assert "role_unheld" not in {code for code, _label in told(programme)}


def test_what_was_called_right_in_the_draft_is_not_asked_again():
    by = actor_of(Role.CURATOR, school=SchoolFactory(short_name="МБОУ «СОШ № 7»"))
    draft = open_draft(data=PLAN.encode(), name="план.txt", by=by)
    sheet = save_draft(draft=draft, change=lambda sheet: None, by=by)
    (gap,) = [found for found in findings_of(sheet, NOTHING_KNOWN) if found.code == "numbering_gap"]
    settle_note(draft=draft, note=finding_key(gap), settled=True, by=by)

    programme = make_programme(draft=draft, by=by)

    assert programme.settled == [key_of(programme, "numbering_gap")]


# ---------------------------------------------------------------- the page


def url_of(programme: Programme) -> str:
    return f"/programmes/{programme.pk}/checks/"


def test_the_page_lists_each_remark_with_place_reason_and_buttons(log_in: LogIn):
    programme, by = made()

    answer = log_in(by).get(url_of(programme))

    page = answer.content.decode()
    assert "5 замечаний к плану" in page
    assert [(row.place.split()[0], row.code, row.mend) for row in answer.context["open"]] == [
        (number, *row) for number, row in zip(["1.2", "1.4", "1.4", "1.4", "1.4"], ALL, strict=True)
    ]
    assert page.count('value="mend:') == 4
    assert page.count('value="settle:') == 5


def test_a_press_mends_and_says_so(log_in: LogIn):
    programme, by = made()
    browser = log_in(by)

    answer = browser.post(f"{url_of(programme)}do/", {"do": f"mend:{key_of(programme, 'numbering_gap')}"}, follow=True)

    assert "Исправлено: номера мероприятий. Вернуть как было можно в истории." in answer.content.decode()
    assert activity(programme, "1.3").text.startswith("Педсовет")


WAITED_FOR = PLAN.replace("Октябрь 2026", "Октябрь 2025")
"""The group meeting a year too early, and a survey that waits for it in the September before its mended term."""


def test_a_mend_that_others_wait_for_shows_what_follows_before_anything_is_moved(log_in: LogIn):
    programme, by = made(WAITED_FOR)
    browser, sent = log_in(by), {"do": f"mend:{key_of(programme, 'outside_period')}"}

    page = browser.post(f"{url_of(programme)}do/", sent, follow=True)

    assert activity(programme, "1.1").term_text == "Октябрь 2025"
    [line] = page.context["lines"]
    assert (line.number, line.old, line.new, line.is_ticked) == ("1.2", "сентябрь 2026", "ноябрь 2026", True)
    given = {**page.context["form"].data, "next": page.context["next"]}
    after = browser.post(page.request["PATH_INFO"], given | {"do": "all", "along": line.value}, follow=True)

    assert after.request["PATH_INFO"] == url_of(programme)
    assert [activity(programme, number).term_text for number in ("1.1", "1.2")] == ["Октябрь 2026", "Ноябрь 2026"]
    assert programme.changes.count() == 1
    undo_change(change=programme.changes.get(), by=by)
    assert [activity(programme, number).term_text for number in ("1.1", "1.2")] == ["Октябрь 2025", "Сентябрь 2026"]


def test_the_mended_words_stay_as_the_button_named_them(log_in: LogIn):
    programme, by = made(WAITED_FOR.replace("Октябрь 2025", "Октябрь 2025 г."))
    browser, sent = log_in(by), {"do": f"mend:{key_of(programme, 'outside_period')}"}

    page = browser.post(f"{url_of(programme)}do/", sent, follow=True)
    browser.post(page.request["PATH_INFO"], page.context["form"].data | {"do": "only"})

    assert activity(programme, "1.1").term_text == "Октябрь 2026 г."
    assert activity(programme, "1.2").term_text == "Сентябрь 2026"


def test_a_remark_is_called_right_and_asked_again_and_the_journal_knows(log_in: LogIn):
    programme, by = made()
    browser, key = log_in(by), key_of(programme, "other_school")

    browser.post(f"{url_of(programme)}do/", {"do": f"settle:{key}"})
    answer = browser.get(url_of(programme))
    assert (len(answer.context["open"]), [row.key for row in answer.context["settled"]]) == (4, [key])

    browser.post(f"{url_of(programme)}do/", {"do": f"unsettle:{key}"})
    assert len(browser.get(url_of(programme)).context["open"]) == 5
    events = Event.objects.filter(verb__in=["settle", "unsettle"]).order_by("pk")
    assert [(event.verb, event.detail) for event in events] == [
        ("settle", {"finding": key}),
        ("unsettle", {"finding": key}),
    ]


@pytest.mark.parametrize("sent", ["", "mend:", "mend:x", "burn:1", "settle"])
def test_a_press_that_no_button_sends_changes_nothing(log_in: LogIn, sent: str):
    programme, by = made()

    answer = log_in(by).post(f"{url_of(programme)}do/", {"do": sent})

    assert answer["Location"] == url_of(programme)
    assert told(programme) == ALL
    assert programme.changes.count() == 0


def test_a_plan_that_is_right_says_so(log_in: LogIn):
    programme = ProgrammeFactory(starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31), title="План")
    by = actor_of(Role.CURATOR, school=programme.school)

    page = log_in(by).get(url_of(programme)).content.decode()

    assert "Замечаний к плану нет" in page
    assert "проверены: всё в порядке" in page


def test_an_administrator_reads_and_mends_nothing(log_in: LogIn):
    programme, by = made()
    browser = log_in(actor_of(Role.ADMINISTRATOR, school=by.school))

    assert 'value="mend:' not in browser.get(url_of(programme)).content.decode()
    assert browser.post(f"{url_of(programme)}do/", {"do": "mend:x"}).status_code == 403


def test_others_do_not_come_in(log_in: LogIn):
    programme, by = made()

    statuses = [
        log_in(actor_of(Role.MENTOR, school=by.school)).get(url_of(programme)).status_code,
        log_in(actor_of(Role.CURATOR)).get(url_of(programme)).status_code,
        log_in(actor_of(Role.CURATOR)).post(f"{url_of(programme)}do/", {"do": "mend:x"}).status_code,
        log_in(by).get(f"{url_of(programme)}do/").status_code,
    ]

    assert statuses == [403, 404, 404, 405]


def test_the_number_of_queries_does_not_depend_on_the_number_of_activities(log_in: LogIn):
    counts = []
    long = PLAN + "".join(f"1.{place}\tДело {place}\tМай 2020\tДиректор\n" for place in range(5, 40))
    for text in (PLAN, long):
        programme, by = made(text, actor_of(Role.CURATOR))
        browser = log_in(by)
        browser.get(url_of(programme))
        with CaptureQueriesContext(connection) as queries:
            browser.get(url_of(programme))
        counts.append(len(queries))

    assert counts == [13, 13]
