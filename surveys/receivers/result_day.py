"""What results show on the first page of those who keep surveys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from roadmap.day import Waiting
from surveys.models import Campaign, CampaignState, Respondent
from surveys.services.progress import with_progress
from surveys.services.taking import campaigns_to_take

SHOWN = 5
FRESH = timedelta(days=7)
"""So long after its closing a survey is spoken of."""


def ask_to_take(actor: Actor, today: date) -> Iterator[Waiting]:
    """Surveys of this year whose answers wait to be taken into the register."""
    rows = Campaign.objects.visible_to(actor).filter(cycle__ends_on__gte=today).order_by("opens_on", "pk")
    for campaign in campaigns_to_take(rows, today)[:SHOWN]:
        yield Waiting(
            text=_("Take the answers into the register: %(title)s") % {"title": campaign.title},
            url=f"{reverse('surveys:result_people', args=(campaign.pk,))}?part=waiting",
            deed=_("Look them through"),
        )


def ask_to_look(actor: Actor, today: date) -> Iterator[Waiting]:
    """Surveys that have closed within the last days and have answers."""
    rows = Campaign.objects.visible_to(actor).filter(state=CampaignState.CLOSED, closed_at__gte=timezone.now() - FRESH)
    for campaign, progress in with_progress(rows.order_by("-closed_at", "pk")[:SHOWN], Respondent.objects.asked()):
        if progress.answered and campaign.closed_at and actor.school:
            words = ngettext("%(n)s of %(asked)s has answered", "%(n)s of %(asked)s have answered", progress.asked)
            yield Waiting(
                text=_("The survey is closed: %(title)s") % {"title": campaign.title},
                url=reverse("surveys:result_show", args=(campaign.pk,)),
                deed=_("Look at the results"),
                detail=words % {"n": progress.answered, "asked": progress.asked},
                day=campaign.closed_at.astimezone(actor.school.zone).date(),
                small=_("was closed"),
            )
