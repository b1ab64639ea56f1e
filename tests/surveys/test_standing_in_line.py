"""What those who send at once wait for one another with: as little as can be while a lock that all need is held."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import SYSTEM
from core.models import Membership
from surveys.content import content_read_before
from surveys.models import HeldResponse, Respondent
from surveys.services.answers import send_anonymous, send_response
from surveys.services.drafts import TakesNoAnswers, content_of, save_draft
from tests.factories import RespondentFactory
from tests.surveys.sheets import campaign_of, outline, question, respondent_of

pytestmark = pytest.mark.django_db
WORD = outline([question("why")])
RAW = {"q-why": ["слово"]}


def fresh(row: Respondent) -> Respondent:
    """As a page finds it."""
    found = Respondent.objects.select_related("campaign__version", "campaign__cycle__programme__school")
    return found.get(pk=row.pk)


def send(row: Respondent) -> None:
    if row.campaign.is_anonymous:
        send_anonymous(respondent=row, content=content_of(row), raw=RAW)
    else:
        send_response(respondent=row, content=content_of(row), raw=RAW, by=SYSTEM)


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


def test_of_a_part_nothing_is_held_but_its_own_row() -> None:
    row = fresh(respondent_of(campaign_of(WORD)))

    with CaptureQueriesContext(connection) as queries:
        send_response(respondent=row, content=content_of(row), raw=RAW, by=SYSTEM)

    assert "participants_person" not in queries.captured_queries[1]["sql"]


def test_what_is_asked_is_looked_through_once_and_anew_where_it_is_another() -> None:
    first, same, other = (content_read_before(outline([question(key)])) for key in ("why", "why", "who"))

    assert same is first
    assert [one.key for one in other.questions()] == ["who"]


def test_a_school_stands_in_line_at_its_journal_when_all_else_is_written() -> None:
    row = fresh(respondent_of(campaign_of(WORD)))
    save_draft(respondent=row, content=content_of(row), page=RAW | {"was-why": ["seen"]})
    send(fresh(respondent_of(row.campaign)))  # the journal has its head

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


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_nothing_is_taken_of_one_without_a_consent(is_anonymous: bool) -> None:
    campaign = campaign_of(WORD, is_anonymous=is_anonymous)
    send(respondent_of(campaign))  # the query for one with a consent is put together
    row = RespondentFactory(campaign=campaign)

    with pytest.raises(TakesNoAnswers):
        send(row)

    row.refresh_from_db()
    assert (row.has_answered, HeldResponse.objects.count()) == (False, int(is_anonymous))


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_of_the_staff_an_answer_is_taken_until_the_membership_ends(is_anonymous: bool) -> None:
    campaign = campaign_of(WORD, is_anonymous=is_anonymous)
    here, gone = RespondentFactory(campaign=campaign, staff=True), RespondentFactory(campaign=campaign, staff=True)
    Membership.objects.filter(respondents=gone).update(ended_at=timezone.now())

    send(here)
    with pytest.raises(TakesNoAnswers):
        send(gone)

    assert list(Respondent.objects.filter(has_answered=True)) == [here]
