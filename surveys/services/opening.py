"""The life of a campaign from its opening to its end, by hand and by itself."""

from __future__ import annotations

import logging
from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.states import move
from participants.services.cycles import today_in
from surveys.models import Campaign, CampaignState, Respondent
from surveys.services.audience import wanted_parts, wanted_staff
from surveys.services.campaigns import PREPARED, days_of, lock_campaign, refuse_past, school_of
from surveys.services.holding_back import release_rest
from surveys.services.inviting import ask_by_letter, unwritten

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 60


def open_campaign(*, campaign: Campaign, by: Actor) -> int:
    """Take answers from now on: everyone of the audience becomes a respondent and whoever has an address a letter.

    How many were asked. Opened twice at once it is opened once. Raises DomainError where its last day has passed.
    """
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state == CampaignState.OPEN:
            return 0
        if locked.state == CampaignState.CLOSED:
            raise TransitionRefused(_("The survey is closed. Take answers again on its page."))
        refuse_past(locked)
        today = today_in(school_of(locked))
        locked.opened_at, locked.opens_on = timezone.now(), today
        move(locked, CampaignState.OPEN, school=school_of(locked), also=("opened_at", "opens_on"), by=by)
        return _admit(locked, today, by)


def close_campaign(*, campaign: Campaign, by: Actor) -> None:
    """Take no answers any more; what was held back of an anonymous campaign is released."""
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state == CampaignState.CLOSED:
            return
        locked.closed_at = timezone.now()
        move(locked, CampaignState.CLOSED, school=school_of(locked), also=("closed_at",), by=by)
        if locked.is_anonymous:
            release_rest(campaign=locked)


def reopen_campaign(*, campaign: Campaign, closes_on: date, by: Actor) -> None:
    """Take answers again until a new last day. Raises DomainError for one without names and for a day that has passed."""
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.is_anonymous:
            raise TransitionRefused(
                _("An anonymous survey is not opened again: what was held back until the closing is in the results.")
            )
        if locked.state != CampaignState.CLOSED:
            raise TransitionRefused(_("The survey is not closed, so it is not opened again."))
        if closes_on < today_in(school_of(locked)):
            raise DomainError(_("The last day for answers is today or later."))
        locked.closed_at, locked.closes_on, locked.window = None, closes_on, None
        changed = ("closed_at", "closes_on", "window")
        move(locked, CampaignState.OPEN, school=school_of(locked), also=changed, by=by)
        _admit(locked, today_in(school_of(locked)), by)


def tend_in_turn() -> int:
    """`tend_campaigns`, but for sweeps that follow one another closely."""
    return tend_campaigns() if cache.add("surveys:campaigns", 1, PAUSE_SECONDS) else 0


def tend_campaigns() -> int:
    """Follow the roadmap, open and close what is due, ask those who have joined; how many campaigns were touched."""
    live = Campaign.objects.exclude(state=CampaignState.CLOSED)
    named = live.select_related("cycle__programme__school", "version__questionnaire", "window")
    return sum(_tend(campaign) for campaign in named.order_by("pk"))


def _tend(campaign: Campaign) -> bool:
    """Whether anything was done. A campaign that fails is logged and passed over: it never stops the others."""
    try:
        moved = follow_window(campaign)
        today = today_in(school_of(campaign))
        if campaign.state == CampaignState.PLANNED and campaign.opens_on <= today <= campaign.closes_on:
            open_campaign(campaign=campaign, by=SYSTEM)
        elif campaign.state == CampaignState.OPEN and campaign.closes_on < today:
            close_campaign(campaign=campaign, by=SYSTEM)
        elif campaign.state != CampaignState.OPEN or not admit_joined(campaign):
            return moved
    except Exception:
        logger.exception("campaign not tended", extra={"campaign": campaign.pk})
        return False
    return True


def follow_window(campaign: Campaign) -> bool:
    """Take the days of the activity where they have moved; of an open campaign the last day alone."""
    days = days_of(campaign.window)
    if days is None or days == (campaign.opens_on, campaign.closes_on):
        return False
    with transaction.atomic():
        locked = lock_campaign(campaign)
        days = days_of(locked.window)
        if days is None or locked.state == CampaignState.CLOSED:
            return False
        before = (locked.opens_on, locked.closes_on)
        if locked.state in PREPARED:
            locked.opens_on = days[0]
        locked.closes_on = max(days[1], locked.opens_on)
        if before == (locked.opens_on, locked.closes_on):
            return False
        locked.save(update_fields=("opens_on", "closes_on"))
        record_event(verb="follow", thing=locked, school=school_of(locked), by=SYSTEM)
    campaign.opens_on, campaign.closes_on = locked.opens_on, locked.closes_on
    return True


def admit_joined(campaign: Campaign) -> int:
    """Ask those who fit the audience since the opening, and write to those who have an address since then."""
    today = today_in(school_of(campaign))
    if not _newcomers(campaign, today) and not unwritten(campaign, today):
        return 0
    with transaction.atomic():
        locked = lock_campaign(campaign)
        return _admit(locked, today, SYSTEM) if locked.state == CampaignState.OPEN else 0


def _admit(campaign: Campaign, today: date, by: Actor) -> int:
    """Make the rows of those who have none, and write to whoever was not written to; how many are new."""
    new = _newcomers(campaign, today)
    if new:
        Respondent.objects.bulk_create(new, batch_size=500)
        record_event(verb="ask", thing=campaign, school=school_of(campaign), detail={"count": len(new)}, by=by)
    ask_by_letter(campaign, today, by)
    return len(new)


def _newcomers(campaign: Campaign, today: date) -> list[Respondent]:
    """Rows to be made for those who are to be asked and have none; without names nobody gets a second one."""
    known = Respondent.objects.filter(campaign=campaign)
    parts = set(known.values_list("enrolment", flat=True))
    people = set(known.values_list("enrolment__person", flat=True)) if campaign.is_anonymous else set()
    users = set(known.values_list("membership__user", flat=True))
    return [
        *(
            Respondent(campaign=campaign, enrolment=row)
            for row in wanted_parts(campaign, today)
            if row.pk not in parts and row.person_id not in people
        ),
        *(Respondent(campaign=campaign, membership=row) for row in wanted_staff(campaign) if row.user_id not in users),
    ]
