"""Anonymous surveys: everything on one page, nothing kept before it is sent, nothing that joins an answer to a person."""

from __future__ import annotations

import io
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import Actor
from core.models import Role
from mentoring.logs import JsonFormatter
from surveys.models import Answer, Campaign, CampaignState, HeldResponse, Respondent, Response
from surveys.services.holding_back import BATCH
from tests.factories import RespondentFactory, actor_of
from tests.surveys.sheets import TWO_SECTIONS, campaign_of, come, outline, page, question, respondent_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
WORD = outline([question("why")])


def unnamed(content: dict[str, Any] = WORD) -> Campaign:
    return campaign_of(content, is_anonymous=True)


# ---------------------------------------------------------------- the page


def test_all_sections_stand_on_one_page_and_are_sent_at_once() -> None:
    row = respondent_of(unnamed(TWO_SECTIONS))
    client = come(row)
    text = client.get(page(row, "whole")).content.decode()
    assert all(f'name="q-{key}"' in text for key in ("mark", "why", "met", "where"))

    answer = client.post(page(row, "whole"), {"q-mark": "7", "q-met": "no"})

    assert answer.headers["Location"] == reverse("surveys:answer_thanks")
    assert "перемешаны" in client.get(reverse("surveys:answer_thanks")).content.decode()
    assert "перемешаны" in come(row).get(page(row, "done")).content.decode()
    row.refresh_from_db()
    assert row.has_answered
    assert HeldResponse.objects.count() == 1


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stands_there() -> None:
    row = respondent_of(unnamed(TWO_SECTIONS))
    client = come(row)

    answer = client.post(page(row, "whole"), {"q-why": "Слово", "q-met": "yes"})

    assert answer.status_code == 400
    text = answer.content.decode()
    assert [f'href="#id-q-{key}"' in text for key in ("mark", "why", "met", "where")] == [True, False, False, True]
    assert "Слово" in text
    again = client.post(page(row, "whole"), {"q-mark": "1", "q-why": "Слово", "q-met": "no"})
    assert again.headers["Location"] == reverse("surveys:answer_thanks")


def test_before_it_is_sent_nothing_is_kept() -> None:
    row = respondent_of(unnamed())
    client = come(row)

    kept = client.post(page(row, "keep"), {"was-why": "x", "q-why": "Слово"})
    client.post(page(row, "section", 1), {"was-why": "x", "q-why": "Слово"})

    assert kept.status_code == 409
    assert not Response.objects.exists()


def test_sent_twice_it_counts_once() -> None:
    row = respondent_of(unnamed())
    client = come(row)

    answers = [client.post(page(row, "whole"), {"q-why": word}) for word in ("раз", "два")]

    assert [answer.headers["Location"] for answer in answers] == [reverse("surveys:answer_thanks")] * 2
    assert HeldResponse.objects.count() == 1


def test_after_the_closing_it_stays_on_the_page_with_a_sentence() -> None:
    row = respondent_of(unnamed())
    client = come(row)
    Campaign.objects.update(state=CampaignState.CLOSED, closed_at=timezone.now())

    answer = client.post(page(row, "whole"), {"q-why": "Не успел"})

    assert answer.status_code == 409
    assert "Не успел" in answer.content.decode()
    assert "Опрос закрыт" in answer.content.decode()
    assert not HeldResponse.objects.exists()


def test_the_session_of_one_logged_in_is_not_written_when_he_has_answered(log_in: LogIn) -> None:
    campaign = unnamed()
    actor = actor_of(Role.PSYCHOLOGIST, campaign.cycle.programme.school)
    row = RespondentFactory(campaign=campaign, staff=True, membership=actor.membership)
    client = log_in(actor)
    client.get(page(row, "whole"))
    before = list(Session.objects.values())

    answer = client.post(page(row, "whole"), {"q-why": "Слово"})

    assert answer.headers["Location"] == page(row, "done")
    assert "перемешаны" in client.get(page(row, "done")).content.decode()
    assert list(Session.objects.values()) == before
    assert HeldResponse.objects.count() == 1


# ---------------------------------------------------------------- who answered what


PEOPLE = 30


@contextmanager
def every_log_line() -> Iterator[io.StringIO]:
    """All that is logged meanwhile, from the finest level on, as the product writes it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    # What Django logs does not come to the root.
    loggers = {logger: logger.level for logger in (logging.getLogger(), logging.getLogger("django"))}
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield lines
    for logger, level in loggers.items():
        logger.setLevel(level)
        logger.removeHandler(handler)


def every_table() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables in the order in which they lie there."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY {place}')
            found[table] = cursor.fetchall()
    return found


def answer_all(rows: list[Respondent]) -> dict[int, str]:
    """Each in turn sends a word of his own; the words by respondent."""
    words = {row.pk: f"слово{n:02}" for n, row in enumerate(random.sample(rows, len(rows)))}
    for row in rows:
        come(row).post(page(row, "whole"), {"q-why": words[row.pk]})
    return words


def test_no_table_and_no_log_line_holds_a_word_that_is_not_released_or_joins_one_to_a_person() -> None:
    campaign = unnamed()
    rows = [respondent_of(campaign) for _n in range(PEOPLE)]
    before = every_table()
    with every_log_line() as log:
        for name in ("core", "django.request"):
            logging.getLogger(name).debug("the log of %s is on", name)
        words = answer_all(rows)
    after = every_table()

    assert log.getvalue().count("the log of %s is on") == 2
    assert [word for word in words.values() if word in log.getvalue()] == []
    holding = {table: sum(word in str(after[table]) for word in words.values()) for table in after}
    assert {table: n for table, n in holding.items() if n} == {"surveys_answer": PEOPLE - BATCH}
    assert set(Answer.objects.values_list("text", flat=True)) == {words[row.pk] for row in rows[:-BATCH]}
    # Nothing was written anywhere else, and of the respondent nothing has changed but that he has answered.
    grown = {table for table in after if sorted(map(str, after[table])) != sorted(map(str, before[table]))}
    counters = {"cache", "sqlite_sequence"}
    written = {"django_session", "surveys_answer", "surveys_heldresponse", "surveys_respondent", "surveys_response"}
    assert grown - counters == written
    for was, now in zip(Respondent.objects.order_by("pk").values(), rows, strict=True):
        assert was == {name: getattr(now, name) for name in was} | {"has_answered": True}
    # Neither has a released answer a moment or a name, nor has a session the name of one who answered.
    assert not Response.objects.exclude(respondent=None, began_at=None, sent_at=None, entered_by=None).exists()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert sessions
    assert [session for session in sessions if session.get("respondent")] == []
