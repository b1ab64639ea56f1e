"""Bringing a document in the browser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.actors import Actor
from core.models import Event, Role, StoredFile
from roadmap.models import Draft, Programme
from tests.factories import actor_of
from tests.roadmap.samples import NAME, ROADMAP, opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
URL = "/drafts/new/"


def broken_docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
        archive.writestr("[Content_Types].xml", "<Types/>")
    return packed.getvalue()


def test_a_roadmap_leads_to_its_draft(log_in: LogIn) -> None:
    by = actor_of()

    response = log_in(by).post(URL, {"file": SimpleUploadedFile(NAME, ROADMAP.encode())})

    draft = Draft.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("roadmap:draft_review", args=(draft.pk,)))
    assert (draft.school, draft.user, Programme.objects.count()) == (by.school, by.user, 0)


def test_a_second_click_finds_the_same_draft(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    answers = [browser.post(URL, {"file": SimpleUploadedFile(NAME, ROADMAP.encode())}) for _click in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("karta.txt", b"", "Файл пуст"),
        ("karta.docx", b"\x89PNG\r\n\x1a\n" + bytes(500), "внутри что-то другое"),
        ("karta.docx", b"PK\x03\x04" + bytes(500), "повреждён"),
        ("karta.docx", broken_docx(), "повреждён"),
        ("karta.txt", "Уважаемые родители, приходите на собрание.".encode(), "не нашлось дорожной карты"),
        ("karta.txt", b"x" * (20 * 1024 * 1024 + 1), "больше 20 МБ"),
    ],
    ids=["empty", "picture", "zip", "broken", "letter", "large"],
)
def test_what_is_no_roadmap_is_refused_in_one_sentence_and_nothing_is_stored(
    log_in: LogIn, name: str, data: bytes, said: str
) -> None:
    response = log_in(actor_of()).post(URL, {"file": SimpleUploadedFile(name, data)})

    errors = response.context["form"].errors["file"]
    assert (response.status_code, len(errors)) == (400, 1)
    assert said in errors[0]
    assert errors[0] in response.content.decode()
    assert (Draft.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_without_a_file_the_form_says_so(log_in: LogIn) -> None:
    response = log_in(actor_of()).post(URL, {})

    assert (response.status_code, response.context["form"].errors["file"]) == (400, ["Сначала выберите файл."])


def test_htmx_gets_the_form_alone_or_is_sent_on(log_in: LogIn) -> None:
    browser = log_in(actor_of())
    htmx = {"HX-Request": "true"}

    refused = browser.post(URL, {"file": SimpleUploadedFile("a.txt", b" ")}, headers=htmx)
    taken = browser.post(URL, {"file": SimpleUploadedFile(NAME, ROADMAP.encode())}, headers=htmx)

    assert refused.content.decode().lstrip().startswith('<form id="upload"')
    assert taken["HX-Redirect"] == reverse("roadmap:draft_review", args=(Draft.objects.get().pk,))


def test_begun_drafts_are_offered_and_those_of_other_schools_are_not(log_in: LogIn) -> None:
    draft, by = opened()
    opened()

    response = log_in(by).get(URL)

    assert response.context["drafts"] == [draft]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_only_a_curator_brings_documents(log_in: LogIn, role: Role) -> None:
    assert log_in(actor_of(role)).get(URL).status_code == 403


def test_a_stranger_is_asked_to_log_in() -> None:
    assert Client().get(URL)["Location"].startswith("/log-in/")


def test_another_method_is_refused(log_in: LogIn) -> None:
    assert log_in(actor_of()).delete(URL).status_code == 405


def test_the_field_says_what_can_be_read(log_in: LogIn) -> None:
    page = log_in(actor_of()).get(URL).content.decode()

    assert 'accept=".docx,.xlsx,.pdf,.txt,.odt,.doc,.rtf"' in page
    assert "До 20 МБ: .docx, .xlsx, .pdf, .txt, .odt, .doc, .rtf. В PDF нужен текст, а не картинки страниц." in page
