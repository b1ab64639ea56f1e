"""What campaigns show on the home pages and under the activities of the roadmap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from participants.models import Person
from roadmap.day import Panel, Waiting
from roadmap.evidence import Evidence
from surveys.models import Campaign, CampaignState, Respondent
from surveys.services.progress import begun_in_sight, pupils_asked, waiting_of, with_progress

STYLE = "css/campaigns.css"
SHOWN = 5
SOON = timedelta(days=3)


def ask_keeper(actor: Actor, today: date) -> Iterator[Waiting]:
    """Surveys in preparation whose first day has come, and open ones that end soon with many not answered."""
    rows = Campaign.objects.visible_to(actor)
    late = rows.filter(state=CampaignState.DRAFT, opens_on__lte=today, closes_on__gte=today)
    missed = rows.filter(state=CampaignState.PLANNED, closes_on__lt=today)
    for campaign in [*late.order_by("opens_on")[:SHOWN], *missed.order_by("opens_on")[:SHOWN]]:
        yield Waiting(
            text=_("Open the survey: %(title)s") % {"title": campaign.title},
            url=reverse("surveys:campaign_show", args=(campaign.pk,)),
            deed=_("Look at it"),
            day=campaign.opens_on,
            small=_("its first day"),
            tone="late",
        )
    ending = rows.filter(state=CampaignState.OPEN, closes_on__lte=today + SOON).order_by("closes_on")[:SHOWN]
    for campaign, progress in with_progress(ending, Respondent.objects.asked()):
        if progress.left:
            words = ngettext("%(n)s person has not answered", "%(n)s people have not answered", progress.left)
            yield Waiting(
                text=_("The survey ends: %(title)s") % {"title": campaign.title},
                url=reverse("surveys:campaign_show", args=(campaign.pk,)),
                deed=_("Look who"),
                detail=words % {"n": progress.left},
                day=campaign.closes_on,
                small=_("its last day"),
            )


def paint_progress(actor: Actor, today: date) -> Panel | None:
    """The open surveys of the pupils in a class teacher's charge."""
    rows = begun_in_sight(actor).filter(state=CampaignState.OPEN).order_by("closes_on")[:SHOWN]
    lines = with_progress(rows, pupils_asked(actor))
    return Panel("surveys/campaign_panel.html", {"lines": lines}, STYLE) if lines else None


def paint_for_signer(person: Person, today: date) -> Panel | None:
    """The surveys that wait for this person, on the page of whoever signs for him."""
    rows = list(waiting_of(Respondent.objects.filter(enrolment__person=person), today)[:SHOWN])
    return Panel("surveys/campaign_ward.html", {"rows": rows, "person": person}, STYLE) if rows else None


def evidence_of_surveys(cycles: Sequence[int]) -> dict[int, Evidence]:
    """«опросы: ответили 34 из 40», of all that were opened in each year."""
    begun = Campaign.objects.filter(cycle__in=cycles, state__in=(CampaignState.OPEN, CampaignState.CLOSED))
    asked = Respondent.objects.asked().filter(campaign__in=begun)
    rows = asked.order_by().values_list("campaign__cycle")
    counts = {
        cycle: (done, total)
        for cycle, done, total in rows.annotate(done=Count("pk", filter=Q(has_answered=True)), total=Count("pk"))
    }
    return {cycle: _evidence(cycle, *counts.get(cycle, (0, 0))) for cycle in cycles}


def _evidence(cycle: int, done: int, total: int) -> Evidence:
    url = f"{reverse('surveys:campaign_list')}?cycle={cycle}"
    if not total:
        nobody = _("nobody was asked yet")
        return Evidence(nobody, url, 0, 0, nobody, url)
    words = _("surveys: %(done)s of %(total)s answered") % {"done": done, "total": total}
    if done == total:
        return Evidence(words, url, done, total)
    lacks = ngettext("%(n)s of %(total)s has not answered", "%(n)s of %(total)s have not answered", total)
    return Evidence(words, url, done, total, lacks % {"n": total - done, "total": total}, url)
