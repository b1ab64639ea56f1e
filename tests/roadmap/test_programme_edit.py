"""The page on which a living plan is edited: its doors, its forms, what it says and what it keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Role
from roadmap.models import Activity, Change, Programme
from tests.factories import ApprovalFactory, ChangeFactory, MembershipFactory, StageFactory, actor_of
from tests.roadmap.plans import activity_of, curator_of, order_of, rewrite, small_plan, stage_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan() -> Programme:
    return small_plan(columns=[{"kind": "text", "title": "Мероприятие"}, {"kind": "result", "title": "Результат"}])


@pytest.fixture
def browser(log_in: LogIn, plan: Programme) -> Client:
    return log_in(curator_of(plan))


def values_of(form: Any) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    return {form.add_prefix(name): str(form[name].value() or "") for name in form.fields}


def sent_by(browser: Client, url: str, **typed: str) -> dict[str, str]:
    """The open form as it is sent after these fields were typed in."""
    entry = browser.get(url).context["entry"]
    rows = {name: value for person in entry.people for name, value in values_of(person).items()}
    hidden = {"seen": str(entry.seen), "people": str(len(entry.people)), **dict(entry.kept)}
    return {**values_of(entry.form), **rows, **hidden, "do": "save", **typed}


def url_of(activity: Activity) -> str:
    return f"/activities/{activity.pk}/edit/"


# ---------------------------------------------------------------- the page and its deeds


def test_the_page_lists_the_plan_in_its_order(browser: Client, plan: Programme) -> None:
    ApprovalFactory(programme=plan)

    answer = browser.get(f"/programmes/{plan.pk}/edit/")

    shown = [int(key) for key in re.findall(r'<article id="a(\d+)"', answer.content.decode())]
    assert shown == list(Activity.objects.order_by("stage__place", "place").values_list("pk", flat=True))
    assert "Озёрная В. П." in answer.content.decode()


@pytest.mark.parametrize("stages", [1, 3])
def test_the_page_asks_the_same_of_the_database_however_long_the_plan(
    browser: Client, plan: Programme, django_assert_num_queries: DjangoAssertNumQueries, stages: int
) -> None:
    for _ in range(stages):
        stage = StageFactory(programme=plan, place=plan.stages.count() + 1)
        for place in range(stages):
            Activity.objects.create(stage=stage, place=place + 1, text="Дело")
    browser.get(f"/programmes/{plan.pk}/edit/")

    with django_assert_num_queries(9):
        browser.get(f"/programmes/{plan.pk}/edit/")


# ---------------------------------------------------------------- the open form


def test_htmx_gets_the_open_form_alone_and_the_closed_row(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")

    opened = browser.get(url_of(activity), headers=HTMX)
    closed = browser.get(url_of(activity), {"close": "1"}, headers=HTMX)

    for answer in (opened, closed):
        assert answer.content.decode().lstrip().startswith(f'<article id="a{activity.pk}"')
    assert "<form" in opened.content.decode().split("</article>")[0]
    assert "<form" not in closed.content.decode().split("</article>")[0]


def test_without_htmx_the_form_stands_within_the_whole_page(browser: Client, plan: Programme) -> None:
    text = browser.get(url_of(activity_of(plan, "1.1"))).content.decode()

    assert text.count('class="part part-a is-open"') == 1
    assert text.count('class="part part-a"') == 3


def test_what_is_typed_is_kept(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")

    answer = browser.post(
        url_of(activity), sent_by(browser, url_of(activity), text="Новый\r\nтекст", extra_result="Протокол")
    )

    activity.refresh_from_db()
    assert (activity.text, activity.extra) == ("Новый\nтекст", {"result": "Протокол"})
    change = Change.objects.get()
    assert answer["Location"] == f"/programmes/{plan.pk}/edit/?done={change.pk}&at=edit-{activity.pk}#a{activity.pk}"


def test_htmx_gets_the_row_as_it_was_kept_with_the_way_back(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")

    answer = browser.post(url_of(activity), sent_by(browser, url_of(activity), text="Новый текст"), headers=HTMX)

    text = answer.content.decode()
    assert text.lstrip().startswith(f'<article id="a{activity.pk}"')
    assert ("Новый текст" in text, f"/changes/{Change.objects.get().pk}/undo/" in text) == (True, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", " \n "),
        ("number", "1" * 21),
        ("stage", "0"),
        ("stage", ""),
        ("p0-duty", "king"),
        ("p0-member", "0"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    browser: Client, plan: Programme, field: str, typed: str
) -> None:
    activity = activity_of(plan, "1.1")

    answer = browser.post(url_of(activity), sent_by(browser, url_of(activity), section="Мой раздел", **{field: typed}))

    entry = answer.context["entry"]
    faults = [*entry.form.errors, *(f"p0-{name}" for person in entry.people for name in person.errors)]
    assert (answer.status_code, faults) == (400, [field])
    assert "Мой раздел" in answer.content.decode()
    assert not Change.objects.exists()


def test_nobody_of_another_school_can_be_made_to_answer(browser: Client, plan: Programme) -> None:
    stranger = MembershipFactory()
    activity = activity_of(plan, "1.1")

    answer = browser.post(url_of(activity), sent_by(browser, url_of(activity), **{"p0-member": str(stranger.pk)}))

    assert answer.status_code == 400


def test_other_days_are_shown_before_they_are_kept(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    typed = sent_by(browser, url_of(activity), term_text="ноябрь")

    asked = browser.post(url_of(activity), typed)
    kept = browser.post(url_of(activity), typed | {"agreed": asked.context["live"].agreed})

    assert asked.context["live"].steps == [("изменится", "1–31\xa0октября → 1–30\xa0ноября")]
    assert (asked.status_code, kept.status_code) == (200, 302)
    assert activity.windows.get().starts_on == date(2026, 11, 1)


def test_a_term_is_understood_while_it_is_typed(browser: Client, plan: Programme) -> None:
    typed = {"do": "live", "term_text": "до 5 ноября"}

    answer = browser.post(url_of(activity_of(plan, "1.1")), typed, headers=HTMX)

    text = answer.content.decode()
    assert "5\xa0ноября" in text
    assert "<form" not in text
    assert not Change.objects.exists()


def test_people_are_added_and_removed_and_nothing_typed_is_lost(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    typed = sent_by(browser, url_of(activity), text="Недописано", do="add_person")

    more = browser.post(url_of(activity), typed)
    typed |= {"people": "2", "p1-role": "Психолог", "p1-name": "", "p1-duty": "", "p1-member": "", "p1-key": ""}
    fewer = browser.post(url_of(activity), typed | {"do": "drop_person:0"})
    browser.post(url_of(activity), typed | {"do": "save", "text": "Дописано"})

    assert len(more.context["entry"].people) == 2
    assert more.context["entry"].form["text"].value() == "Недописано"
    assert [person["role"].value() for person in fewer.context["entry"].people] == ["Психолог"]
    activity.refresh_from_db()
    assert (activity.responsible_text, activity.responsible.count()) == ("Куратор, Психолог", 2)


def test_the_second_of_two_sees_both_texts_and_overwrites_nothing(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    typed = sent_by(browser, url_of(activity), text="Мой текст")
    rewrite(activity, text="Чужой текст", section="Чужой раздел", by=curator_of(plan))

    answer = browser.post(url_of(activity), typed)

    activity.refresh_from_db()
    entry, page = answer.context["entry"], answer.content.decode()
    assert (answer.status_code, activity.text) == (409, "Чужой текст")
    assert (entry.form["text"].value(), entry.form["section"].value()) == ("Мой текст", "Чужой раздел")
    both = {field.name: (field.theirs, field.mine, field.is_only_theirs) for field in answer.context["both"]}
    assert both == {"text": ("Чужой текст", "Мой текст", False), "section": ("Чужой раздел", "", True)}
    assert ("Мой текст" in page, "Чужой текст" in page) == (True, True)

    again = sent_again(answer)
    taken = browser.post(url_of(activity), again | {"do": "take:text"})
    assert taken.context["entry"].form["text"].value() == "Чужой текст"
    assert len(taken.context["both"]) == 2
    back = browser.post(url_of(activity), sent_again(taken) | {"do": "own:text"})
    assert back.context["entry"].form["text"].value() == "Мой текст"
    browser.post(url_of(activity), sent_again(back) | {"text": "Общий текст"})
    activity.refresh_from_db()
    assert (activity.text, activity.section) == ("Общий текст", "Чужой раздел")


def sent_again(answer: Any) -> dict[str, str]:
    """The form of an answer, sent as it stands."""
    entry = answer.context["entry"]
    rows = {name: value for person in entry.people for name, value in values_of(person).items()}
    hidden = {"seen": str(entry.seen), "people": str(len(entry.people)), **dict(entry.kept)}
    return {**values_of(entry.form), **rows, **hidden, "do": "save"}


def test_htmx_puts_both_texts_into_the_place_of_the_form(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    typed = sent_by(browser, url_of(activity), text="Мой текст")
    rewrite(activity, text="Чужой текст", by=curator_of(plan))

    answer = browser.post(url_of(activity), typed, headers=HTMX)

    assert (answer.status_code, answer["HX-Retarget"]) == (409, f"#a{activity.pk}")


@pytest.mark.parametrize("junk", ["", "{", "[]", "7", '{"text": 1}', "[" * 5000])
def test_hidden_texts_that_nobody_wrote_hurt_nothing(browser: Client, plan: Programme, junk: str) -> None:
    activity = activity_of(plan, "1.1")
    typed = sent_by(browser, url_of(activity), text="Новый") | {"opened": junk, "mine": junk, "before": junk}

    assert browser.post(url_of(activity), typed | {"seen": "99999999999999999999"}).status_code == 409
    assert browser.post(url_of(activity), typed | {"do": "own:people", "people": "9" * 30}).status_code == 200


# ---------------------------------------------------------------- adding, splitting, stages, the title page


def test_an_activity_is_added_once_behind_another(browser: Client, plan: Programme) -> None:
    stage, first = stage_of(plan, "1"), activity_of(plan, "1.1")
    url = f"/stages/{stage.pk}/add/?after={first.pk}"
    typed = sent_by(browser, url, number="нов", text="Новое", term_text="май 2027") | {"once": "token"}

    browser.post(url, typed)
    answer = browser.post(url, typed)

    assert order_of(plan)[0] == ["1.1", "нов", "1.2"]
    assert answer["Location"].startswith(f"/programmes/{plan.pk}/edit/?done=")


def test_an_empty_new_activity_is_refused_at_its_field(browser: Client, plan: Programme) -> None:
    url = f"/stages/{stage_of(plan, '1').pk}/add/"

    answer = browser.post(url, sent_by(browser, url, number="7"))

    assert (answer.status_code, list(answer.context["entry"].form.errors)) == (400, ["text"])
    assert Activity.objects.count() == 4


@pytest.mark.parametrize(
    ("typed", "halves"),
    [
        ({"at": "19"}, ["1. Провести опрос.", "2. Собрать анкеты"]),
        ({"words": "Собрать"}, ["1. Провести опрос. 2.", "Собрать анкеты"]),
    ],
)
def test_an_activity_is_split_by_its_entries_or_before_any_words(
    browser: Client, plan: Programme, typed: dict[str, str], halves: list[str]
) -> None:
    activity = activity_of(plan, "1.1")
    rewrite(activity, text="1. Провести опрос. 2. Собрать анкеты", by=curator_of(plan))

    answer = browser.post(f"/activities/{activity.pk}/split/", {"seen": "2", **typed})

    texts = list(activity.stage.activities.order_by("place").values_list("text", flat=True))
    assert (answer.status_code, texts[:2]) == (302, halves)


@pytest.mark.parametrize(
    "typed",
    [{}, {"at": "7"}, {"words": "этого нет"}, {"words": "о"}, {"words": "Провести"}, {"seen": "9", "words": "1.1"}],
)
def test_a_cut_that_cannot_be_is_refused_in_words(browser: Client, plan: Programme, typed: dict[str, str]) -> None:
    activity = activity_of(plan, "1.1")

    answer = browser.post(f"/activities/{activity.pk}/split/", {"seen": "1", **typed})

    assert (answer.status_code, Activity.objects.count()) == (400, 4)
    assert list(answer.context["form"].errors) == ["words"]


def part(browser: Client, url: str, **typed: str) -> dict[str, str]:
    answer = browser.get(url)
    return {**values_of(answer.context["form"]), **dict(answer.context.get("kept") or ()), "do": "save", **typed}


def test_a_stage_is_changed_and_added(browser: Client, plan: Programme) -> None:
    url = f"/stages/{stage_of(plan, '1').pk}/edit/"

    browser.post(url, part(browser, url, name="Первый шаг", goal="Цель"))
    refused = browser.post(url, part(browser, url, name=""))
    browser.post(f"/programmes/{plan.pk}/stages/new/", {"name": "Третий шаг", "number": "3"})

    assert list(plan.stages.values_list("name", flat=True))[0::2] == ["Первый шаг", "Третий шаг"]
    assert (refused.status_code, refused.context["form"].errors["name"]) == (400, ["Этапу нужно название."])


def test_the_second_of_two_who_change_a_stage_sees_both_texts(browser: Client, plan: Programme) -> None:
    url = f"/stages/{stage_of(plan, '1').pk}/edit/"
    mine, theirs = part(browser, url, name="Моё", goal="Моя цель"), part(browser, url, name="Чужое", task="Задача")
    browser.post(url, theirs)

    answer = browser.post(url, mine)

    form = answer.context["form"]
    assert answer.status_code == 409
    assert [form[name].value() for name in ("name", "goal", "task")] == ["Моё", "Моя цель", "Задача"]
    again = {**values_of(form), **dict(answer.context["kept"])}
    taken = browser.post(url, again | {"do": "take:name"})
    assert taken.context["form"]["name"].value() == "Чужое"
    browser.post(url, again | {"do": "save", "name": "Общее"})
    stage = stage_of(plan, "1")
    assert (stage.name, stage.goal, stage.task) == ("Общее", "Моя цель", "Задача")


def test_the_title_page_is_changed(browser: Client, plan: Programme) -> None:
    url = f"/programmes/{plan.pk}/head/"

    browser.post(url, part(browser, url, title="Новое имя", ends_on="2027-06-30", preamble="Раз\r\nдва"))

    plan.refresh_from_db()
    assert (plan.title, plan.ends_on, plan.preamble) == ("Новое имя", date(2027, 6, 30), "Раз\nдва")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("starts_on", "завтра"),
        ("ends_on", "2026-01-01"),
        ("ends_on", "2099-01-01"),
        ("starts_on", "1026-09-01"),
    ],
)
def test_a_title_page_that_cannot_be_is_refused_at_its_field(
    browser: Client, plan: Programme, field: str, typed: str
) -> None:
    url = f"/programmes/{plan.pk}/head/"

    answer = browser.post(url, part(browser, url, organisation="Моё слово", **{field: typed}))

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Моё слово" in answer.content.decode()


def test_stamps_are_changed_row_by_row(browser: Client, plan: Programme) -> None:
    url = f"/programmes/{plan.pk}/approvals/"
    opened = json.dumps({})
    row = {"r0-word": "УТВЕРЖДАЮ", "r0-date": "2026-08-30", "r0-key": "", "rows": "1", "opened": opened}

    more = browser.post(url, row | {"do": "add_stamp"})
    wrong = browser.post(url, row | {"r0-date": "вчера", "r0-person": "Озёрная", "do": "save"})
    kept = browser.post(url, row | {"do": "save"})
    late = browser.post(url, row | {"r0-word": "СОГЛАСОВАНО", "do": "save"})

    assert [form["word"].value() for form in more.context["stamps"]] == ["УТВЕРЖДАЮ", None]
    assert (wrong.status_code, kept.status_code, late.status_code) == (400, 302, 409)
    assert "Озёрная" in wrong.content.decode()
    assert ("СОГЛАСОВАНО" in late.content.decode(), plan.approvals.get().word) == (True, "УТВЕРЖДАЮ")


# ---------------------------------------------------------------- doors


def addresses(plan: Programme) -> list[str]:
    stage, activity = stage_of(plan, "1"), activity_of(plan, "1.1")
    change = ChangeFactory(programme=plan)
    return [
        *(f"/programmes/{plan.pk}/{page}/" for page in ("edit", "head", "approvals", "stages/new")),
        *(f"/stages/{stage.pk}/{page}/" for page in ("edit", "add")),
        *(f"/activities/{activity.pk}/{page}/" for page in ("edit", "split")),
        f"/changes/{change.pk}/undo/",
    ]


def test_doors(log_in: LogIn, plan: Programme) -> None:
    stranger, reader, curator = (
        log_in(actor_of()),
        log_in(actor_of(Role.ADMINISTRATOR, plan.school)),
        log_in(curator_of(plan)),
    )

    for url in addresses(plan):
        assert stranger.post(url).status_code == 404, url
        assert reader.post(url).status_code == 403, url
        assert curator.delete(url).status_code == 405, url
        assert Client().post(url)["Location"].startswith("/log-in/"), url


LONG = "9" * 5000


def test_numbers_of_thousands_of_digits_are_no_breakdown(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    edit, page = url_of(activity), f"/programmes/{plan.pk}/edit/"
    typed = sent_by(browser, edit, text="Новый")

    answers = [
        browser.get(page, {"done": LONG}),
        browser.post(page, {"do": f"up:{LONG}"}),
        browser.post(edit, typed | {"seen": LONG}),
        browser.post(edit, typed | {"people": LONG}),
        browser.post(edit, typed | {"p0-key": LONG}),
        browser.post(edit, typed | {"do": f"drop_person:{LONG}"}),
        browser.get(f"/stages/{activity.stage_id}/add/", {"after": LONG}),
        browser.post(f"/activities/{activity.pk}/split/", {"seen": LONG, "words": "мероприятие"}),
        browser.post(f"/programmes/{plan.pk}/approvals/", {"rows": LONG, "do": f"drop_stamp:{LONG}"}),
        browser.get(f"/programmes/{plan.pk}/history/", {"activity": LONG}),
    ]

    assert [answer.status_code for answer in answers] == [200, 302, 409, 302, 400, 200, 200, 400, 200, 200]
