"""The texts of the consents: given to every school, read, and only ever written anew."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from accounts.services.schools import open_school
from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.models import Role, School
from participants.models import ConsentKind, ConsentText
from participants.papers.wording import PARTS, STANDARD
from participants.services.texts import current_text, give_standard_texts, write_text
from tests.factories import ConsentFactory, SchoolFactory, actor_of, installation_admin
from tests.participants.asked import school_with_texts

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
FIRST = [("adult", 1), ("guardian", 1), ("labour", 1), ("mentor", 1), ("publish", 1)]
SECOND = [*FIRST[:2], ("guardian", 2), *FIRST[2:]]


def texts_of(school: School) -> list[tuple[str, int]]:
    rows = ConsentText.objects.filter(school=school).order_by("kind", "version")
    return list(rows.values_list("kind", "version"))


def test_a_new_school_begins_with_a_text_of_each_kind() -> None:
    requisites = {"name": "Школа", "short_name": "Школа"}

    school, _invited = open_school(requisites=requisites, periods=(), invitees=(), by=installation_admin())

    assert texts_of(school) == FIRST


def test_a_school_opened_before_there_were_publications_is_given_that_text_once() -> None:
    bare, written = SchoolFactory(), school_with_texts()
    migration = import_module("participants.migrations.0006_kinds_of_texts")

    for _ in range(2):
        migration.give_texts(apps, None)
        give_standard_texts(written, SYSTEM)

    assert (texts_of(bare), texts_of(written)) == ([("publish", 1)], FIRST)
    assert current_text(bare, ConsentKind.DISSEMINATION).actions_text == STANDARD["publish"]["actions_text"]


def test_a_new_version_leaves_the_old_one_and_what_was_asked_by_it(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.GUARDIAN)
    consent = ConsentFactory(person__school=by.school, text=old)
    parts = {name: getattr(old, name) for name in PARTS} | {"purpose_text": "Новая цель наставничества"}
    browser = log_in(by)

    answer = browser.post("/consents/texts/new/", {**parts, "seen": 1, "once": "x"})
    browser.post("/consents/texts/new/", {**parts, "seen": 1, "once": "x"})

    new = current_text(by.school, ConsentKind.GUARDIAN)
    old.refresh_from_db()
    consent.refresh_from_db()
    assert (answer.status_code, new.version, new.purpose_text, new.created_by) == (
        302,
        2,
        "Новая цель наставничества",
        by.user,
    )
    assert (old.purpose_text, consent.text) == (STANDARD["guardian"]["purpose_text"], old)
    assert texts_of(by.school) == SECOND


def test_the_labour_text_has_its_own_parts(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    browser = log_in(by)

    page = browser.get("/consents/texts/new/", {"kind": "labour"}).text
    parts = {name: STANDARD["labour"][name] for name in ("actions_text", "term_text", "withdrawal_text")}
    parts["purpose_text"] = "Помощь молодому учителю"
    browser.post("/consents/texts/new/?kind=labour", {**parts, "seen": 1, "data_text": "лишнее"})

    assert by.school is not None
    new = current_text(by.school, ConsentKind.LABOUR)
    assert ('name="data_text"' in page, 'name="actions_text"' in page) == (False, True)
    assert (new.version, new.data_text, new.purpose_text) == (2, "", "Помощь молодому учителю")


def test_an_unchanged_text_an_empty_part_and_a_newer_version_are_told_and_nothing_is_lost(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.GUARDIAN)
    parts = {name: getattr(old, name) for name in PARTS}
    browser = log_in(by)

    same = browser.post("/consents/texts/new/", {**parts, "seen": 1})
    empty = browser.post(
        "/consents/texts/new/", {**parts, "data_text": "", "purpose_text": "Моё наставничество", "seen": 1}
    )
    changed = parts | {"purpose_text": "Чужая цель наставничества"}
    write_text(school=by.school, kind=ConsentKind.GUARDIAN, parts=changed, seen=1, by=by)
    stale = browser.post("/consents/texts/new/", {**parts, "purpose_text": "Моё наставничество", "seen": 1})

    assert [answer.status_code for answer in (same, empty, stale)] == [400, 400, 400]
    assert "не отличается от действующего" in same.text
    assert ("Моё наставничество" in empty.text, "Моё наставничество" in stale.text) == (True, True)
    assert "появилась версия 2" in stale.text
    assert texts_of(by.school) == SECOND


def test_the_list_shows_what_is_printed_now_and_what_was_before(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.GUARDIAN)
    changed = {name: getattr(old, name) for name in PARTS} | {"purpose_text": "Новая цель наставничества"}
    write_text(school=by.school, kind=ConsentKind.GUARDIAN, parts=changed, seen=1, by=by)

    curator = log_in(by).get("/consents/texts/").text
    administrator = log_in(actor_of(Role.ADMINISTRATOR, by.school)).get("/consents/texts/").text

    assert [curator.count(word) for word in ("Новая цель наставничества", "Версия 1", "Версия 2", "<details>")] == [
        1,
        5,
        1,
        1,
    ]
    assert ("texts/new/" in curator, "texts/new/" in administrator) == (True, False)


def test_a_stale_version_is_refused_by_the_service_too() -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None

    with pytest.raises(DomainError, match="появилась версия 1"):
        write_text(school=by.school, kind=ConsentKind.LABOUR, parts={}, seen=7, by=by)


def test_a_text_that_lacks_something_is_told_while_it_is_written_and_not_saved(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.GUARDIAN)
    parts = {name: getattr(old, name) for name in PARTS} | {"withdrawal_text": "Отзыв возможен."}
    browser = log_in(by)

    looked = browser.post("/consents/texts/new/", {**parts, "seen": 1, "check": "1"})
    live = browser.post("/consents/texts/new/", {**parts, "seen": 1}, headers={"HX-Request": "true"})
    saved = browser.post("/consents/texts/new/", {**parts, "seen": 1})

    missing = "Напишите, как отозвать согласие"
    assert [answer.status_code for answer in (looked, live, saved)] == [200, 200, 400]
    assert [missing in answer.text for answer in (looked, live, saved)] == [True] * 3
    assert ("<html" in looked.text, "<html" in live.text, "Отзыв возможен." in saved.text) == (True, False, True)
    assert texts_of(by.school) == FIRST


def test_looking_saves_nothing_even_where_nothing_is_missing(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.GUARDIAN)
    parts = {name: getattr(old, name) for name in PARTS} | {"purpose_text": "Подбор наставника и ведение программы"}

    answer = log_in(by).post("/consents/texts/new/", {**parts, "seen": 1, "check": "1"})

    assert ("есть всё, что ищет проверка" in answer.text, texts_of(by.school)) == (True, FIRST)


def test_the_service_refuses_an_incomplete_text_whatever_the_page_let_through() -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    old = current_text(by.school, ConsentKind.DISSEMINATION)
    parts = {name: getattr(old, name) for name in PARTS} | {"term_text": ""}

    with pytest.raises(DomainError, match="до каких пор"):
        write_text(school=by.school, kind=ConsentKind.DISSEMINATION, parts=parts, seen=1, by=by)
