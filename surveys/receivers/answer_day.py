"""What surveys show to those who are asked, on their home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.actors import Actor
from roadmap.day import Waiting
from surveys.models import CampaignState
from surveys.models.campaign import RespondentQuerySet
from surveys.services.arriving import asked_of
from surveys.services.audience import awaited


def ask_respondent(actor: Actor, today: date) -> Iterator[Waiting]:
    """Every open survey that he himself has not answered."""
    for row in _wanted(actor, today).select_related("campaign").order_by("campaign__closes_on", "pk"):
        yield Waiting(
            text=row.campaign.title,
            url=reverse("surveys:answer_start", args=(row.pk,)),
            deed=_("Answer the survey"),
            day=row.campaign.closes_on,
            small=pgettext("survey", "the last day"),
        )


def _wanted(actor: Actor, today: date) -> RespondentQuerySet:
    rows = awaited(asked_of(actor), today)
    return rows.filter(campaign__state=CampaignState.OPEN)
