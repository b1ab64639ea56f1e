"""Reminding those who have not answered: on the days of the campaign, by day, or by hand once a day at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError, TransitionRefused
from surveys.models import Campaign, CampaignState, Respondent
from surveys.services.audience import awaited, respondents_of
from surveys.services.campaigns import lock_campaign, school_of
from surveys.services.inviting import SURVEY_REMINDER, write_letters

MORNING, EVENING = 9, 20
"""Hours of the school's day between which the schedule writes letters."""
LETTER_EVERY = timedelta(days=1)
PAUSE_SECONDS = 600


def remind_in_turn() -> int:
    """`remind_by_schedule`, but for sweeps that follow one another closely; the number of letters."""
    return remind_by_schedule() if cache.add("surveys:reminders", 1, PAUSE_SECONDS) else 0


def remind_by_schedule() -> int:
    """Write to everyone whose day has come, in schools where it is day; the number of letters. Safe to run twice."""
    rows = Campaign.objects.filter(state=CampaignState.OPEN).exclude(remind_after=[])
    letters = 0
    for campaign in rows.select_related("cycle__programme__school").order_by("pk"):
        now = timezone.localtime(timezone=school_of(campaign).zone)
        if MORNING <= now.hour < EVENING:
            letters += _remind_due(campaign, now.date())
    return letters


def remind_by_hand(*, campaign: Campaign, by: Actor) -> int:
    """Write once more to those who have not answered; the number of letters.

    Raises DomainError where nobody is left who could be written to: not within a day of the last letter.
    """
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state != CampaignState.OPEN:
            raise TransitionRefused(_("The survey is not open, so nobody is reminded."))
        today = timezone.localdate(timezone=school_of(locked).zone)
        letters = write_letters(SURVEY_REMINDER, remindable(locked, today), locked, today, by=by)
    if not letters:
        raise DomainError(
            _(
                "Nobody was written to: whoever has not answered had a letter within the last day, or has no e-mail address."
            )
        )
    return letters


def remindable(campaign: Campaign, today: date) -> list[Respondent]:
    """Those who have not answered and were last written to more than a day ago."""
    day_ago = timezone.now() - LETTER_EVERY
    rows = awaited(respondents_of(campaign), today).filter(Q(asked_at__lte=day_ago) | Q(asked_at=None))
    return list(rows.filter(Q(reminded_at=None) | Q(reminded_at__lte=day_ago)))


def is_due(respondent: Respondent, days: Collection[int], today: date, zone: ZoneInfo) -> bool:
    """Whether a day of the schedule has come since he was last written to; a day that was missed is made up for once."""
    if respondent.asked_at is None:
        return False
    begun = respondent.asked_at.astimezone(zone).date()
    passed = [begun + timedelta(days=day) for day in days if begun + timedelta(days=day) <= today]
    last = respondent.reminded_at.astimezone(zone).date() if respondent.reminded_at else begun
    return bool(passed) and max(passed) > last


def _remind_due(campaign: Campaign, today: date) -> int:
    zone = school_of(campaign).zone
    if not any(is_due(row, campaign.remind_after, today, zone) for row in remindable(campaign, today)):
        return 0
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state != CampaignState.OPEN:
            return 0
        due = [row for row in remindable(locked, today) if is_due(row, locked.remind_after, today, zone)]
        return write_letters(SURVEY_REMINDER, due, locked, today, by=SYSTEM)
