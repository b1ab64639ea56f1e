"""Who answers: whoever came by his own link or code, or is logged in as the one who is asked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _

from core.access import ActingRequest
from core.actors import Actor, link_actor
from core.errors import DomainError
from core.models import Role
from core.ready_queries import ReadyQuery
from roadmap.models import Cycle
from surveys.models import Respondent
from surveys.models.campaign import RespondentQuerySet

LIVES_SECONDS = 12 * 3600
SESSION, SINCE, PROVEN = "respondent", "respondent_since", "respondent_proven"
THANKED = "survey_thanked"
ANSWERERS = tuple(role for role in Role if role not in {Role.OBSERVER, Role.GUARDIAN})
"""Whoever may be asked himself and has an account."""
MOST_WRONG, CLOSED_SECONDS = 5, 3600

ASKED = ReadyQuery(lambda: Respondent.objects.asked().select_related("campaign__version"))
CYCLE = ReadyQuery(lambda: Cycle.objects.select_related("programme__school").only("programme__school"))
"""Apart: of six tables at once the database thinks longer than it looks."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The one who answers, the `user` he is logged in as, None who came by a link, and whether it is known that he is
    no other.
    """

    respondent: Respondent
    user: Actor | None
    is_known: bool

    @property
    def actor(self) -> Actor:
        """Under whom he acts. The school of a link is looked up here: what is typed is kept without it."""
        row = self.respondent
        return self.user or link_actor(f"respondent:{row.pk}", row.campaign.cycle.programme.school)


def enter(request: ActingRequest, respondent: Respondent) -> None:
    """Let the holder of a link or a code answer in this browser; whoever answered in it before does so no longer."""
    request.session.cycle_key()
    request.session[SESSION], request.session[SINCE] = respondent.pk, int(time.time())
    request.session.pop(PROVEN, None)


def thank_unnamed(request: ActingRequest, respondent: Respondent) -> None:
    """After an anonymous answer the session forgets who gave it, for a session has a moment; what is thanked for stays."""
    for name in (SESSION, SINCE, PROVEN):
        request.session.pop(name, None)
    request.session[THANKED] = respondent.campaign_id


def is_thanked(request: ActingRequest, pk: int) -> bool:
    """Whether the anonymous survey that this respondent is asked in was just answered in this browser."""
    campaign = request.session.get(THANKED)
    return campaign is not None and Respondent.objects.filter(pk=pk, campaign=campaign).exists()


def arrived(request: ActingRequest, pk: int) -> Arrived | None:
    """Who answers as this respondent here; None for anyone else, and once he is asked no longer."""
    is_by_link = pk == _by_link(request)
    if not is_by_link and not asked_of(request.actor).filter(pk=pk).exists():
        return None
    row = ASKED.get(pk)
    cycle = CYCLE.get(row.campaign.cycle_id) if row else None
    if row is None or cycle is None:
        return None
    row.campaign.cycle = cycle
    if is_by_link:
        return Arrived(row, None, is_known=bool(request.session.get(PROVEN)))
    return Arrived(row, request.actor, is_known=True)


def asked_of(actor: Actor) -> RespondentQuerySet:
    """What a logged-in person is asked himself, in whatever role he acts."""
    return Respondent.objects.asked().filter(_of_user(actor))


def prove_birth_date(request: ActingRequest, respondent: Respondent, day: date) -> None:
    """Compare the date with the register's; five wrong ones close this way in for an hour. Raises DomainError."""
    key = f"tries:respondent:{respondent.pk}"
    cache.add(key, 0, CLOSED_SECONDS)
    if cache.get(key, 0) >= MOST_WRONG:
        raise DomainError(_("Five times it was another date. Try again in an hour, or ask the curator."))
    person = respondent.enrolment.person if respondent.enrolment else None
    if person is None or person.birth_date != day:
        cache.incr(key)
        raise DomainError(_("It is not the date the school has."))
    cache.delete(key)
    request.session[PROVEN] = True


def _by_link(request: ActingRequest) -> int:
    """The key of the respondent who came by a link or a code; 0, which no row has, where nobody did."""
    is_fresh = time.time() - request.session.get(SINCE, 0) < LIVES_SECONDS
    return request.session.get(SESSION, 0) if is_fresh else 0


def _of_user(actor: Actor) -> Q:
    if not actor.user_id:
        return Q(pk=0)
    own = Q(membership__user_id=actor.user_id) | Q(enrolment__person__user_id=actor.user_id)
    return own & Q(campaign__cycle__programme__school_id=actor.school_id)
