"""How far the bases have come, and whose profiles wait for the curator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from participants.models import DATA_PURPOSES, Consent, Enrolment, Side
from participants.receivers.lacking import lacking, without_profile
from participants.register.listing import UNFILLED, WITHOUT_PROFILE
from participants.services.cycles import current_cycle
from roadmap.day import Waiting
from roadmap.evidence import Evidence


def evidence_of(side: Side, cycles: Sequence[int]) -> dict[int, Evidence]:
    """How many of the parts on this side have their profile filled in, in each cycle, and how many people's have not."""
    rows = Enrolment.objects.enrolled().filter(cycle__in=cycles, side=side).order_by().values("cycle")
    counted = rows.annotate(
        done=Count("pk", filter=Q(filled_at__isnull=False)),
        total=Count("pk"),
        unfilled=Count("person", filter=Q(filled_at=None), distinct=True),
        people=Count("person", distinct=True),
    ).values_list("cycle", "done", "total", "unfilled", "people")
    url = f"{reverse('participants:person_list')}?side={side}"
    found = {cycle: counts for cycle, *counts in counted}
    return {
        cycle: Evidence(
            _words(side) % {"done": done, "total": total},
            url,
            done,
            total,
            *lacking(side, cycle, unfilled, people, without_profile(side, people), WITHOUT_PROFILE),
        )
        for cycle in cycles
        for done, total, unfilled, people in [found.get(cycle, (0, 0, 0, 0))]
    }


def ask_for_profiles(actor: Actor, today: date) -> Iterable[Waiting]:
    """One line for each side on which people with a consent have no profile yet."""
    assert actor.school is not None
    cycle = current_cycle(actor.school, today)
    given = Consent.objects.in_force(today).filter(purpose__in=DATA_PURPOSES)
    parts = Enrolment.objects.visible_to(actor).enrolled().filter(cycle=cycle, filled_at=None)
    rows = parts.filter(person__in=given.values("person"))
    counts = dict(rows.order_by().values_list("side").annotate(count=Count("person", distinct=True)))
    url = f"{reverse('participants:person_list')}?standing={UNFILLED}&side="
    for side, count in sorted(counts.items()):
        yield Waiting(_waiting_words(side, count), url + side, _("Write down"))


def _words(side: Side) -> str:
    if side == Side.MENTEE:
        return _("requests of mentees: %(done)s of %(total)s")
    return _("competences of mentors: %(done)s of %(total)s")


def _waiting_words(side: str, count: int) -> str:
    words = (
        ngettext("Write down the request of %(count)s mentee", "Write down the requests of %(count)s mentees", count)
        if side == Side.MENTEE
        else ngettext(
            "Write down the competences of %(count)s mentor", "Write down the competences of %(count)s mentors", count
        )
    )
    return words % {"count": count}
