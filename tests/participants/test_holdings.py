"""All that is held on one person, given out to him: complete, in words, journaled, for the curator alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Event, Job, Role
from participants.holding import Fate, all_held_on, models_told
from tests.factories import actor_of
from tests.participants.doomed import PHONE, SURNAME, Doomed, make_doomed
from tests.test_docs import retention_policy

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]

NOT_TOLD = {
    "core.StoredFile": "the files of a consent are told with it",
    "core.Job": "it has keys alone, and its papers can be made anew from what is told here",
    "roadmap.Responsible": "a member of staff named in the school's plan, a document of its own",
    "roadmap.Version": "the approved plan, a document of its own",
    "roadmap.Change": "the history of the plan",
    "roadmap.ReminderChoice": "whether letters come is seen on the person's own page",
    "roadmap.Draft": "a plan that is being read",
    "roadmap.Approval": "officials on the plan's stamps",
    "participants.Training": "nobody is named in it; who was there is told",
    "participants.PeopleSheet": "its rows are told",
    "participants.Pile": "its pages are told",
    "participants.Distinction": "that two rows of the register are two people, by their keys alone",
    "surveys.HeldResponse": "anonymous answers, sealed, of nobody knows whom",
    "participants.Destruction": "a pseudonym; its papers are drawn up when nothing else is left",
}
"""Models with personal data that are no part of what is told, each with the reason."""


def test_every_model_with_personal_data_is_told_or_named_with_a_reason() -> None:
    assert models_told() | set(NOT_TOLD) == set(retention_policy())
    assert models_told() & set(NOT_TOLD) == set()


def test_everything_the_school_holds_on_a_child_is_told() -> None:
    doomed = make_doomed()

    told = {str(held.title): held for held in all_held_on(doomed.person)}

    assert len(told) == 17
    assert {held.fate for held in told.values()} == set(Fate)
    words = json.dumps([held.lines for held in told.values()], ensure_ascii=False)
    form = doomed.person.enrolments.get().form.name
    asked = (
        form,
        "решил задачи",
        "стесняется",
        f"request {PHONE}",
        "приказ от 01.10.2026",
        "не хочет на сайт",
        "подходит",
    )
    assert [part for part in asked if part not in words] == []


def test_the_page_shows_it_and_the_journal_knows(log_in: LogIn) -> None:
    doomed = make_doomed()

    answer = log_in(doomed.curator).get(reverse("participants:holdings_show", args=(doomed.person.pk,)))

    text = answer.content.decode()
    assert [words for words in (SURNAME, "решил задачи", "Журнал событий", "уничтожается") if words not in text] == []
    line = Event.objects.get(verb="view", thing=f"person:{doomed.person.pk}")
    assert line.detail == {"what": "holdings"}


def test_it_comes_as_json_with_the_same_sections(log_in: LogIn) -> None:
    doomed = make_doomed()

    answer = log_in(doomed.curator).post(reverse("participants:holdings_data", args=(doomed.person.pk,)))

    told = json.loads(answer.content)
    assert [section["title"] for section in told["sections"]][:2] == ["Кто это", "Законные представители"]
    assert told["sections"][0]["rows"][0]["Фамилия"] == SURNAME
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="export", thing=f"person:{doomed.person.pk}").count() == 1


def test_it_is_printed_by_the_worker(log_in: LogIn) -> None:
    doomed = make_doomed()
    client = log_in(doomed.curator)

    client.post(reverse("participants:holdings_pdf", args=(doomed.person.pk,)))
    run_due_jobs()
    job = Job.objects.get(kind="holdings-pdf")
    answer = client.get(reverse("participants:holdings_file", args=(doomed.person.pk, job.pk)))

    document = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer)))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert SURNAME in text
    assert "статья" in text
    assert job.result
    assert read_file(job.result)[:5] == b"%PDF-"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_nobody_but_the_curator_is_told(log_in: LogIn, role: Role) -> None:
    doomed = make_doomed()
    client = log_in(actor_of(role, doomed.person.school))

    answers = [
        client.get(reverse("participants:holdings_show", args=(doomed.person.pk,))),
        client.post(reverse("participants:holdings_data", args=(doomed.person.pk,))),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_another_school_is_told_nothing(log_in: LogIn) -> None:
    doomed: Doomed = make_doomed()

    answer = log_in(actor_of(Role.CURATOR)).get(reverse("participants:holdings_show", args=(doomed.person.pk,)))

    assert answer.status_code == 404
