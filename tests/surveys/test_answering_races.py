"""Many who answer at the same moment, over real connections: each is stored once, and nobody waits for a dead lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections

from core.actors import SYSTEM
from core.errors import DomainError
from participants.services.withdrawal import withdraw_consent
from surveys.models import Answer, HeldResponse, Respondent, Response
from surveys.services.answers import send_anonymous, send_response
from surveys.services.drafts import content_of, save_draft
from surveys.services.opening import close_campaign
from tests.surveys.sheets import campaign_of, outline, question, respondent_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 16
WORD = outline([question("why"), question("more")])


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What came of each: «done», a refusal in words as «refused», else the kind of the failure."""

    def attempt(deed: Callable[[], Any]) -> str:
        try:
            deed()
        except DomainError:
            return "refused"
        except Exception as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(attempt, deeds))


def test_sixteen_who_send_without_a_name_at_once_are_all_kept() -> None:
    campaign = campaign_of(WORD, is_anonymous=True)
    rows = [respondent_of(campaign) for _n in range(PEOPLE)]

    came = at_once(
        *(
            lambda row=row: send_anonymous(respondent=row, content=content_of(row), raw={"q-why": [f"слово{row.pk}"]})
            for row in rows
        )
    )

    assert came == ["done"] * PEOPLE
    # Of sixteen the tenth and the fifteenth release five each.
    assert (HeldResponse.objects.count(), Answer.objects.count()) == (6, 10)
    assert Respondent.objects.filter(has_answered=True).count() == PEOPLE


def test_one_who_sends_sixteen_times_at_once_is_kept_once() -> None:
    named, unnamed = respondent_of(campaign_of(WORD)), respondent_of(campaign_of(WORD, is_anonymous=True))
    raw = {"q-why": ["слово"]}

    came = at_once(
        *[lambda: send_response(respondent=named, content=content_of(named), raw=raw, by=SYSTEM)] * (PEOPLE // 2),
        *[lambda: send_anonymous(respondent=unnamed, content=content_of(unnamed), raw=raw)] * (PEOPLE // 2),
    )

    assert came == ["done"] * PEOPLE
    assert (Response.objects.count(), Answer.objects.count(), HeldResponse.objects.count()) == (1, 1, 1)


def test_two_devices_that_type_at_once_lose_nothing() -> None:
    row = respondent_of(campaign_of(WORD))
    content = content_of(row)

    came = at_once(
        *(
            lambda key=key: save_draft(
                respondent=row, content=content, page={f"was-{key}": ["seen"], f"q-{key}": [key], "page": [key]}
            )
            for key in ["why", "more"] * (PEOPLE // 2)
        )
    )

    assert came == ["done"] * PEOPLE
    draft = Response.objects.get(respondent=row).draft
    assert (draft["q-why"], draft["q-more"]) == (["why"], ["more"])


def test_a_withdrawal_and_the_sending_at_once_leave_nothing_half_done() -> None:
    rows = [respondent_of(campaign_of(WORD)) for _n in range(PEOPLE // 2)]
    deeds: list[Callable[[], Any]] = []
    raw = {"q-why": ["слово"]}
    for row in rows:
        assert row.enrolment
        consent = row.enrolment.person.consents.get()
        deeds.append(partial(send_response, respondent=row, content=content_of(row), raw=raw, by=SYSTEM))
        deeds.append(partial(withdraw_consent, consent=consent, by=SYSTEM))

    came = at_once(*deeds)

    assert set(came) <= {"done", "refused"}
    assert not Response.objects.counted().exists()
    assert not Response.objects.filter(is_sent=False).exists()


def test_a_closing_among_the_sendings_loses_none_that_was_accepted() -> None:
    campaign = campaign_of(WORD, is_anonymous=True)
    rows = [respondent_of(campaign) for _n in range(PEOPLE - 1)]

    came = at_once(
        *(
            lambda row=row: send_anonymous(respondent=row, content=content_of(row), raw={"q-why": ["слово"]})
            for row in rows
        ),
        lambda: close_campaign(campaign=campaign, by=SYSTEM),
    )

    accepted = came[:-1].count("done")
    assert set(came) <= {"done", "refused"}
    assert HeldResponse.objects.count() == 0
    assert Answer.objects.count() == (accepted if accepted >= 5 else 0)
    assert Respondent.objects.filter(has_answered=True).count() == accepted
