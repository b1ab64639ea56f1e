"""The pages of orders: the list, a new one, the preview, its words, the signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Role
from pairing.models import Match, MatchState
from reports.models import Order, OrderState
from reports.services.orders import cancel_order, change_order, enforce_order
from tests.factories import OrderFactory, actor_of
from tests.participants.pictures import photo
from tests.reports.ordering import approved, curator_of, drafted, head_of, signed, some_school, texts_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
LIST_QUERIES, SHOW_QUERIES = 13, 12


def address(name: str, *args: object) -> str:
    return reverse(f"reports:{name}", args=args)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("Приказ.jpg", photo(), "image/jpeg")


def plain(answer: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"</?span[^>]*>", "", answer.text).replace("&nbsp;", " ").split())


def typed(order: Order, **changed: object) -> dict[str, object]:
    """The form of the draft as the page shows it, with these fields typed otherwise."""
    fields: dict[str, object] = {
        **texts_of(order),
        "points": "\n".join(order.points),
        "familiar": "\n".join("; ".join(row) for row in order.familiar),
        "seen": order.revision,
    }
    for line in order.lines.all():
        columns = ("mentor_text", "mentees_text", "form_text", "starts_on", "ends_on")
        names = ("mentor", "mentees", "form", "from", "until")
        fields |= {f"{name}-{line.pk}": getattr(line, column) for name, column in zip(names, columns, strict=True)}
    return {**fields, **changed}


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("role", Role)
def test_only_those_who_prepare_and_sign_see_orders(role: Role, log_in: LogIn) -> None:
    actor = actor_of(role)
    order = OrderFactory(school=actor.school)
    browser = log_in(actor)
    may = role in {Role.CURATOR, Role.ADMINISTRATOR}

    statuses = [
        browser.get(address(name, *args)).status_code
        for name, args in (
            ("order_list", ()), ("order_show", (order.pk,)), ("order_edit", (order.pk,)), ("order_cancel", (order.pk,))
        )
    ]  # fmt: skip

    assert statuses == [200 if may else 403] * 4
    assert browser.get(address("order_new")).status_code == (200 if role == Role.CURATOR else 403)
    assert browser.get(address("order_enforce", order.pk)).status_code == (200 if role == Role.ADMINISTRATOR else 403)


def test_another_schools_order_is_not_there(log_in: LogIn) -> None:
    order = OrderFactory(in_force=True)
    browsers = [log_in(actor_of(role)) for role in (Role.CURATOR, Role.ADMINISTRATOR)]

    gets = ("order_show", "order_edit", "order_cancel", "order_scan_file")
    assert {browser.get(address(name, order.pk)).status_code for name in gets for browser in browsers} == {404}
    assert {browser.post(address("order_pdf", order.pk)).status_code for browser in browsers} == {404}
    assert [browsers[1].post(address(name, order.pk)).status_code for name in ("order_scan", "order_enforce")] == [
        404,
        404,
    ]
    assert f"№&nbsp;{order.number}" not in browsers[0].get(address("order_list")).text


def test_an_empty_list_offers_the_first_step(log_in: LogIn) -> None:
    curator = actor_of(Role.CURATOR)
    browser = log_in(curator)

    nothing = browser.get(address("order_list"))
    none = browser.get(address("order_new"))
    approved(curator.school)  # type: ignore[arg-type]
    waiting = browser.get(address("order_list"))

    assert ("Приказа о парах ещё нет" in nothing.text, reverse("pairing:match_list") in nothing.text) == (True, True)
    assert "Утверждённых пар без приказа нет" in none.text
    assert ("1 утверждённая пара ждёт приказа" in waiting.text, address("order_new") in waiting.text) == (True, True)


def test_orders_are_found_by_number_by_name_and_by_state(log_in: LogIn) -> None:
    school = some_school()
    match = approved(school)
    first = drafted(match, number="137/к")
    second = OrderFactory(school=school, number="26/1", in_force=True)
    browser = log_in(curator_of(school))

    def found(**wanted: str) -> list[str]:
        page = browser.get(address("order_list"), wanted, headers={"HX-Request": "true"})
        return [order.number for order in (first, second) if f"№&nbsp;{order.number}<" in page.text]

    assert found() == ["137/к", "26/1"]
    assert found(q="№ 137 /К") == ["137/к"]
    assert found(q=match.mentee.person.surname.upper()) == ["137/к"]
    assert found(q=match.mentor.person.surname) == ["137/к"]
    assert found(q="никого") == []
    assert found(state="in_force") == ["26/1"]
    assert found(state="lost", sort="lost", page="99") == ["137/к", "26/1"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(count: int, log_in: LogIn) -> None:
    school = some_school()
    first = approved(school)
    drafted(first)
    for _ in range(count - 1):
        drafted(approved(school, like=first))
    browser = log_in(curator_of(school))
    browser.get(address("order_list"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = browser.get(address("order_list"))

    assert page.text.count('scope="row"') == count
    assert len(queries) == LIST_QUERIES, [row["sql"][:90] for row in queries]


@pytest.mark.parametrize("count", [1, 3])
def test_an_order_takes_as_many_queries_however_many_pairs_it_has(count: int, log_in: LogIn) -> None:
    school = some_school()
    first = approved(school)
    order = drafted(first, *(approved(school, like=first) for _ in range(count - 1)))
    browser = log_in(head_of(school))
    browser.get(address("order_show", order.pk))

    with CaptureQueriesContext(connection) as queries:
        browser.get(address("order_show", order.pk))

    assert len(queries) == SHOW_QUERIES, [row["sql"][:90] for row in queries]


# ---------------------------------------------------------------- a new one


def test_a_curator_drafts_an_order_from_all_that_is_ticked(log_in: LogIn) -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, like=first)
    OrderFactory(school=school, number="137/к", in_force=True)
    browser = log_in(curator_of(school))

    page = browser.get(address("order_new"))
    sent = {"pair": [first.pk, second.pk], "number": "138/к", "dated_on": "2026-10-30"}
    answer = browser.post(
        page.wsgi_request.get_full_path(), {**sent, "starts_on": "2026-10-30", "ends_on": "2027-05-31", "once": "1"}
    )

    order = Order.objects.get(number="138/к")
    assert (page.text.count(" checked"), 'value="1' in page.text) == (2, True)
    assert answer["Location"] == address("order_show", order.pk)
    assert order.lines.count() == 2
    shown = browser.get(answer["Location"])
    assert ("ждёт подписи" in shown.text, "ПРИКАЗЫВАЮ" in shown.text) == (True, True)


def test_a_taken_number_keeps_what_was_typed_and_says_the_next(log_in: LogIn) -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, like=first)
    OrderFactory(school=school, number="137/к")
    browser = log_in(curator_of(school))

    answer = browser.post(
        address("order_new") + f"?cycle={first.mentor.cycle_id}",
        {"pair": [second.pk], "number": "137/К", "dated_on": "2026-10-29", "starts_on": "2026-11-02", "ends_on": "2027-05-20", "once": "1"},
    )  # fmt: skip

    assert answer.status_code == 400
    assert "138/к" in answer.text
    assert all(f'value="{text}"' in answer.text for text in ("137/К", "2026-10-29", "2026-11-02", "2027-05-20"))
    assert answer.text.count(" checked") == 1
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Обязательное поле"),
        ({"dated_on": "30.02.2026", "starts_on": "x", "ends_on": "-"}, "Введите правильную дату"),
        ({"dated_on": "2026-10-30", "starts_on": "2026-10-30", "ends_on": "2026-10-01"}, "хотя бы одну"),
        ({"pair": ["x", "-1", "9" * 40, "²"], "dated_on": "2026-10-30", "starts_on": "2026-10-30", "ends_on": "2026-11-01"}, "хотя бы одну"),
    ],
)  # fmt: skip
def test_nonsense_is_answered_in_words(sent: dict[str, Any], words: str, log_in: LogIn) -> None:
    school = some_school()
    approved(school)

    answer = log_in(curator_of(school)).post(address("order_new"), sent)

    assert (answer.status_code, words in answer.text, Order.objects.count()) == (400, True, 0)


def test_a_pair_that_may_not_go_is_shown_unticked_with_the_reason(log_in: LogIn) -> None:
    school = some_school()
    match = approved(school)
    match.mentee.person.consents.all().delete()

    page = log_in(curator_of(school)).get(address("order_new"))

    assert (page.text.count(" checked"), "нет действующего согласия" in page.text) == (0, True)


def test_a_year_that_is_not_there_offers_the_way_to_the_pairs(log_in: LogIn) -> None:
    school = some_school()
    strange = approved(some_school())
    approved(school)
    browser = log_in(curator_of(school))

    for cycle in (strange.mentor.cycle_id, 10**9, "9" * 4400, "x", ""):
        assert browser.get(address("order_new"), {"cycle": cycle}).status_code == 200


# ---------------------------------------------------------------- its words


def test_the_words_are_changed_and_kept(log_in: LogIn) -> None:
    order = drafted(approved(some_school()), number="137/к")
    line = order.lines.get()
    browser = log_in(curator_of(order.school))
    points = "1. Утвердить список.\n\n2) Контроль оставляю за собой."

    answer = browser.post(
        address("order_edit", order.pk),
        typed(order, points=points, familiar="Завуч; Т. П. Ширяева\nПедагог", **{f"mentor-{line.pk}": "Орлова А. С."}),
    )

    order.refresh_from_db()
    line.refresh_from_db()
    assert answer["Location"] == address("order_show", order.pk)
    assert order.points == ["Утвердить список.", "Контроль оставляю за собой."]
    assert (order.familiar, line.mentor_text) == ([["Завуч", "Т. П. Ширяева"], ["Педагог", ""]], "Орлова А. С.")
    shown = browser.get(answer["Location"])
    assert ("Орлова&nbsp;А.&nbsp;С." in shown.text or "Орлова А. С." in plain(shown)) is True


def test_the_second_of_two_sees_that_it_changed_and_keeps_what_he_typed(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    browser, page = log_in(curator_of(order.school)), address("order_edit", order.pk)
    mine = typed(order, title="Мой заголовок", once="1")
    change_order(
        order=order, seen_revision=1, texts={**texts_of(order), "title": "Чужой заголовок"}, lines={},
        by=head_of(order.school),
    )  # fmt: skip

    late = browser.post(page, mine)
    order.refresh_from_db()
    before = order.title
    again = browser.post(page, {**mine, "seen": 2})

    order.refresh_from_db()
    assert (late.status_code, before) == (409, "Чужой заголовок")
    assert ("Мой заголовок" in late.text, "Чужой заголовок" in late.text, 'name="seen" value="2"' in late.text) == (
        True, True, True,
    )  # fmt: skip
    assert (again.status_code, order.title) == (302, "Мой заголовок")


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"points": " \n "}, {"dated_on": "вчера"}, {"until": "2026-01-01"}, {"mentor": ""}, {"seen": "x"}],
)
def test_what_is_wrong_in_the_words_is_said_and_what_was_typed_stays(wrong: dict[str, str], log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    line = order.lines.get()
    named = {(f"{name}-{line.pk}" if name in {"until", "mentor"} else name): text for name, text in wrong.items()}

    answer = log_in(curator_of(order.school)).post(
        address("order_edit", order.pk), typed(order, preamble="Набрано вручную", **named)
    )

    order.refresh_from_db()
    assert (answer.status_code, "Набрано вручную" in answer.text, order.revision) == (400, True, 1)


def test_an_order_that_is_no_draft_is_neither_changed_nor_cancelled(log_in: LogIn) -> None:
    order = signed(drafted(approved(some_school())))
    head = head_of(order.school)
    enforce_order(order=order, seen_revision=order.revision, by=head)
    browser = log_in(head)

    for name in ("order_edit", "order_cancel", "order_enforce"):
        for answer in (browser.get(address(name, order.pk)), browser.post(address(name, order.pk), {"seen": 2})):
            assert (answer.status_code, answer["Location"]) == (302, address("order_show", order.pk))
    assert Order.objects.get().state == OrderState.IN_FORCE


def test_a_draft_is_cancelled_after_one_more_question(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    browser, page = log_in(curator_of(order.school)), address("order_cancel", order.pk)

    asked = browser.get(page)
    answers = [browser.post(page, {"seen": 1, "once": "1"}) for _ in range(2)]

    assert ("Отменить проект приказа" in asked.text, Order.objects.get().state) == (True, OrderState.CANCELLED)
    assert [row["Location"] for row in answers] == [address("order_list")] * 2
    assert "отменён" in browser.get(address("order_show", order.pk)).text


# ---------------------------------------------------------------- on paper


def test_the_paper_is_printed_and_not_given_out_once_the_words_have_changed(log_in: LogIn) -> None:
    order = drafted(approved(some_school()), number="137/к")
    browser = log_in(curator_of(order.school))

    waiting = browser.post(address("order_pdf", order.pk))
    again = browser.post(address("order_pdf", order.pk))
    run_due_jobs()
    job = Job.objects.get()
    file = browser.get(address("order_pdf_file", order.pk, job.pk))
    change_order(
        order=order, seen_revision=1, texts={**texts_of(order), "title": "Иначе"}, lines={}, by=curator_of(order.school)
    )
    stale = browser.get(address("order_pdf_file", order.pk, job.pk), follow=True)

    assert waiting["Location"] == again["Location"] == reverse("core:job_show", args=(job.pk,))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert "137-%D0%BA.pdf" in file["Content-Disposition"]
    assert "изменился с тех пор" in stale.text


def test_a_cancelled_order_is_not_printed(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    curator = curator_of(order.school)
    cancel_order(order=order, seen_revision=1, by=curator)

    answer = log_in(curator).post(address("order_pdf", order.pk), follow=True)

    assert ("Отменённый приказ не печатается" in answer.text, Job.objects.count()) == (True, 0)


# ---------------------------------------------------------------- the signature


def test_an_administrator_signs_on_one_screen_with_two_clicks(log_in: LogIn) -> None:
    school = some_school()
    match = approved(school)
    order = drafted(match, number="138/к")
    browser = log_in(head_of(school))

    screen = browser.get(address("order_show", order.pk))
    answer = browser.post(address("order_scan", order.pk), {"seen": 1, "pages": scan(), "deed": "enforce", "once": "1"})

    assert ('name="deed" value="enforce"' in " ".join(screen.text.split()), "Приказ № 138/к ждёт подписи" in plain(screen)) == (
        True, True,
    )  # fmt: skip
    shown = browser.get(answer["Location"])
    assert ("в силе с" in plain(shown), Match.objects.get().state) == (True, MatchState.IN_FORCE)
    file = browser.get(address("order_scan_file", order.pk))
    assert (file.content[:5], file["Content-Type"]) == (b"%PDF-", "application/pdf")


def test_a_scan_is_kept_first_and_the_order_put_in_force_later(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    browser = log_in(head_of(order.school))

    early = browser.post(address("order_enforce", order.pk), {"seen": 1})
    kept = browser.post(address("order_scan", order.pk), {"seen": 1, "pages": scan(), "deed": "keep", "once": "1"})
    shown = browser.get(kept["Location"])
    asked = browser.get(address("order_enforce", order.pk))
    done = browser.post(address("order_enforce", order.pk), {"seen": 2, "once": "2"})

    assert (early.status_code, "Скана подписанного приказа ещё нет" in early.text) == (400, True)
    assert ("осталось ввести его в действие" in plain(shown), "Отменить это нельзя" in plain(asked)) == (True, True)
    assert (done["Location"], Order.objects.get().state) == (address("order_show", order.pk), OrderState.IN_FORCE)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Сначала выберите"),
        ([SimpleUploadedFile("a.jpg", b"")], "пустой"),
        ([SimpleUploadedFile("Приказ.docx", b"PK\x03\x04 no picture")], "не фотография и не PDF"),
        ([SimpleUploadedFile("a.pdf", b"%PDF-1.4 torn")], "повреждён"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_nothing_begins(
    files: list[SimpleUploadedFile], words: str, log_in: LogIn
) -> None:
    order = drafted(approved(some_school()))

    answer = log_in(head_of(order.school)).post(
        address("order_scan", order.pk), {"seen": 1, "pages": files, "deed": "enforce", "once": "1"}
    )

    assert (answer.status_code, words in answer.text, Order.objects.get().state) == (400, True, OrderState.DRAFT)


def test_who_signs_an_earlier_text_is_told_and_nothing_begins(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    browser = log_in(head_of(order.school))
    change_order(order=order, seen_revision=1, texts=texts_of(order), lines={}, by=curator_of(order.school))

    scanned = browser.post(
        address("order_scan", order.pk), {"seen": 1, "pages": scan(), "deed": "enforce", "once": "1"}
    )
    enforced = browser.post(address("order_enforce", order.pk), {"seen": 1})

    assert [(row.status_code, "изменился" in row.text) for row in (scanned, enforced)] == [(409, True)] * 2
    order.refresh_from_db()
    assert (order.state, order.scan_id, Match.objects.get().state) == ("draft", None, MatchState.APPROVED)


def test_a_draft_that_can_not_begin_says_which_lines_are_to_be_mended(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    match = Match.objects.get()
    match.state = MatchState.RETURNED
    match.save()

    for actor in (head_of(order.school), curator_of(order.school)):
        page = plain(log_in(actor).get(address("order_show", order.pk)))
        assert ("нужно поправить список" in page, "Строка 1: пара" in page) == (True, True)


def test_looking_and_taking_leave_a_line_in_the_journal(log_in: LogIn) -> None:
    order = signed(drafted(approved(some_school())))
    head = head_of(order.school)
    browser = log_in(head)

    for name in ("order_show", "order_scan_file"):
        browser.get(address(name, order.pk))
    browser.get(address("order_list"))

    verbs = Event.objects.filter(actor=head.pseudonym).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["view", "download", "list"]


def test_what_waits_leads_to_the_page_where_it_is_done(log_in: LogIn) -> None:
    school = some_school()
    first = approved(school)
    order = drafted(first, number="138/к")
    approved(school, like=first)

    curators = plain(log_in(curator_of(school)).get("/"))
    heads = plain(log_in(head_of(school)).get("/"))

    assert ("1 утверждённая пара ждёт приказа" in curators, address("order_new") in curators) == (True, True)
    assert ("Приказ № 138/к подписать и ввести в действие" in heads, address("order_show", order.pk) in heads) == (
        True,
        True,
    )
