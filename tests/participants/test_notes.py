"""What others say on a mentee's request: who writes, who reads, for how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role
from participants.erasing import erase_everywhere
from participants.holding import all_held_on
from participants.models import Enrolment, NoteSource, ThirdPartyNote
from participants.services.notes import add_note, change_note, remove_note
from participants.services.withdrawal import withdraw_consent
from tests.factories import ConsentFactory, EnrolmentFactory, ThirdPartyNoteFactory, UserFactory, actor_of
from tests.participants.test_charges import in_charge

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
WORDS: dict[str, Any] = {"source": NoteSource.PARENTS, "text": "любит рисовать", "is_sensitive": False}


def mentee(actor: Actor, *, is_cleared: bool = True, **columns: object) -> Enrolment:
    """A pupil of 7 «Б» who takes part, in the charge of a class teacher or a psychologist."""
    row = EnrolmentFactory(person__school=actor.school, **columns)
    if is_cleared:
        ConsentFactory(person=row.person, in_force=True)
    if actor.role != Role.CURATOR:
        in_charge(actor)
    return row


@pytest.mark.parametrize("role", [Role.CURATOR, Role.CLASS_TEACHER, Role.PSYCHOLOGIST])
def test_a_note_is_written_changed_and_taken_away_and_each_is_journaled_without_its_words(role: Role) -> None:
    by = actor_of(role)
    row = mentee(by)

    note = add_note(enrolment=row, **WORDS, by=by)
    change_note(note=note, source=NoteSource.SOCIAL, text=" рисует ", is_sensitive=True, by=by)
    note.refresh_from_db()
    said = (note.source, note.text, note.is_sensitive, note.created_by)
    remove_note(note=note, by=by)

    assert said == (NoteSource.SOCIAL, "рисует", True, by.user)
    assert ThirdPartyNote.objects.count() == 0
    events = Event.objects.filter(thing=f"note:{note.pk}") | Event.objects.filter(thing=f"thirdpartynote:{note.pk}")
    assert [(event.verb, event.detail) for event in events.order_by("pk")] == [
        (verb, {"person": row.person_id}) for verb in ("note", "change", "remove")
    ]


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (lambda by: mentee(by, is_cleared=False), "пока согласие не действует"),
        (lambda by: EnrolmentFactory(person__school=by.school, mentor=True), "только о наставляемых"),
    ],
)
def test_before_the_consent_and_of_a_mentor_nothing_is_written(
    arrange: Callable[[Actor], Enrolment], words: str
) -> None:
    by = actor_of()

    with pytest.raises(DomainError, match=words):
        add_note(enrolment=arrange(by), **WORDS, by=by)

    assert ThirdPartyNote.objects.count() == 0


@pytest.mark.parametrize("text", ["  ", "а" * 2001])
def test_a_note_says_something_and_not_too_much(text: str) -> None:
    by = actor_of()

    with pytest.raises(DomainError, match="не больше 2000 знаков"):
        add_note(enrolment=mentee(by), **WORDS | {"text": text}, by=by)


def test_after_a_withdrawal_a_note_is_neither_shown_nor_changed_but_can_be_taken_away(log_in: LogIn) -> None:
    by = actor_of()
    row = mentee(by)
    note = add_note(enrolment=row, **WORDS, by=by)
    browser, page = log_in(by), f"/participants/{row.person_id}/"
    before = browser.get(page).content.decode()

    withdraw_consent(consent=row.person.consents.get(), by=by)
    with pytest.raises(DomainError):
        change_note(note=note, **WORDS, by=by)
    after = browser.get(page).content.decode()
    remove_note(note=note, by=by)

    assert ("любит рисовать" in before, "любит рисовать" in after) == (True, False)
    assert ThirdPartyNote.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "sensitive", "own"),
    [
        (Role.CURATOR, True, True),
        (Role.PSYCHOLOGIST, True, True),
        (Role.CLASS_TEACHER, False, True),
        (Role.ADMINISTRATOR, False, False),
        (Role.MENTEE, False, False),
    ],
)
def test_a_sensitive_note_is_read_by_the_cleared_and_its_author(role: Role, sensitive: bool, own: bool) -> None:
    actor = actor_of(role)
    row = mentee(actor) if role in {Role.CURATOR, Role.CLASS_TEACHER, Role.PSYCHOLOGIST} else mentee(actor_of())
    other = ThirdPartyNoteFactory(enrolment=row, is_sensitive=True, created_by=UserFactory())
    mine = ThirdPartyNoteFactory(enrolment=row, is_sensitive=True, created_by=actor.user)

    seen = set(ThirdPartyNote.objects.visible_to(actor))

    assert (other in seen, mine in seen) == (sensitive, own)


def test_who_did_not_write_a_note_reads_it_and_does_not_change_it(log_in: LogIn) -> None:
    teacher = actor_of(Role.CLASS_TEACHER)
    note = ThirdPartyNoteFactory(enrolment=mentee(teacher), created_by=UserFactory())
    browser = log_in(teacher)

    with pytest.raises(DomainError, match="кто её сделал"):
        change_note(note=note, **WORDS, by=teacher)

    page = browser.get(f"/pupils/{note.enrolment.person_id}/").content.decode()
    assert (note.text in page, f"/participants/notes/{note.pk}/" in page) == (True, False)
    assert browser.get(f"/participants/notes/{note.pk}/").status_code == 404


def test_a_class_teacher_writes_down_what_he_knows_and_comes_back_to_the_pupil(log_in: LogIn) -> None:
    teacher = actor_of(Role.CLASS_TEACHER)
    row = mentee(teacher)
    browser, page = log_in(teacher), f"/participants/parts/{row.pk}/note/"

    form = browser.get(page).content.decode()
    answers = [browser.post(page, {"source": "teacher", "text": "стесняется", "once": "x"}) for _ in range(2)]
    empty = browser.post(page, {"source": "teacher", "text": ""})

    assert ("о здоровье" in form, '<option value="teacher" selected>' in form) == (True, True)
    assert [answer["Location"] for answer in answers] == [f"/pupils/{row.person_id}/"] * 2
    assert (ThirdPartyNote.objects.get().text, empty.status_code) == ("стесняется", 400)


def test_without_a_consent_the_page_has_no_form(log_in: LogIn) -> None:
    by = actor_of()
    row = mentee(by, is_cleared=False)
    browser, page = log_in(by), f"/participants/parts/{row.pk}/note/"

    shown, sent = browser.get(page), browser.post(page, {"source": "parents", "text": "любит рисовать"})

    assert ("<textarea" in shown.content.decode(), sent.status_code) == (False, 400)
    assert ThirdPartyNote.objects.count() == 0


def test_a_note_on_somebody_else_is_not_found(log_in: LogIn) -> None:
    teacher = actor_of(Role.CLASS_TEACHER)
    mentee(teacher)
    other = EnrolmentFactory(person__school=teacher.school, person__class_name="8 «А»")
    note = ThirdPartyNoteFactory(enrolment=other, created_by=teacher.user)
    browser = log_in(teacher)

    assert browser.get(f"/participants/notes/{note.pk}/").status_code == 404
    assert browser.get(f"/participants/parts/{other.pk}/note/").status_code == 404
    assert browser.post(f"/participants/notes/{note.pk}/remove/").status_code == 404


def test_the_person_is_told_every_note_and_a_destruction_takes_all() -> None:
    """152-FZ art. 14 (7): whoever asks is told all that is held on him; what is sensitive is held all the same."""
    by = actor_of()
    note = ThirdPartyNoteFactory(enrolment=mentee(by), text="тайна", is_sensitive=True)
    person = note.enrolment.person

    told = str([held.lines for held in all_held_on(person)])
    erase_everywhere(person, by)

    assert "тайна" in told
    assert ThirdPartyNote.objects.count() == 0
