"""What those who send at once wait for one another with: as little as can be while a lock that all need is held."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM
from surveys.models import Respondent
from surveys.services.answers import send_anonymous, send_response
from surveys.services.drafts import content_of, save_draft
from tests.surveys.sheets import campaign_of, outline, question, respondent_of

pytestmark = pytest.mark.django_db
WORD = outline([question("why")])
RAW = {"q-why": ["слово"]}


def fresh(row: Respondent) -> Respondent:
    """As a page finds it."""
    found = Respondent.objects.select_related("campaign__version", "campaign__cycle__programme__school")
    return found.get(pk=row.pk)


def deeds(queries: CaptureQueriesContext) -> list[str]:
    """Each query as its first word and the table it is about."""
    found = []
    for query in queries.captured_queries:
        words = query["sql"].replace('"', "").split()
        after = next((n for n, word in enumerate(words) if word in {"FROM", "INTO", "UPDATE"}), -1)
        found.append(f"{words[0].lower()} {words[after + 1].split('.')[0]}" if after >= 0 else words[0].lower())
    return found


def test_what_is_typed_first_is_kept_by_one_writing() -> None:
    row = fresh(respondent_of(campaign_of(WORD)))

    with CaptureQueriesContext(connection) as queries:
        save_draft(respondent=row, content=content_of(row), page=RAW | {"was-why": ["seen"]})

    assert deeds(queries)[1:-1] == [
        "select surveys_respondent",
        "select surveys_response",
        "insert surveys_response",
    ]


def test_a_school_stands_in_line_at_its_journal_when_all_else_is_written() -> None:
    row = fresh(respondent_of(campaign_of(WORD)))
    save_draft(respondent=row, content=content_of(row), page=RAW | {"was-why": ["seen"]})
    send_response(
        respondent=fresh(respondent_of(row.campaign)), content=content_of(row), raw=RAW, by=SYSTEM
    )  # the journal has its head

    with CaptureQueriesContext(connection) as queries:
        send_response(respondent=row, content=content_of(row), by=SYSTEM)

    assert deeds(queries)[1:-1] == [
        "select participants_enrolment",
        "select surveys_respondent",
        "select participants_enrolment",
        "select surveys_response",
        "update surveys_response",
        "insert surveys_answer",
        "update surveys_respondent",
        "select core_journalhead",
        "insert core_event",
        "update core_journalhead",
    ]


def test_who_sends_without_a_name_is_looked_at_before_he_stands_in_line_at_the_survey() -> None:
    row = fresh(respondent_of(campaign_of(WORD, is_anonymous=True)))

    with CaptureQueriesContext(connection) as queries:
        send_anonymous(respondent=row, content=content_of(row), raw=RAW)

    assert deeds(queries)[1:-1] == [
        "select participants_enrolment",
        "select participants_enrolment",
        "select surveys_campaign",
        "update surveys_respondent",
        "delete surveys_heldresponse",
        "insert surveys_heldresponse",
    ]
