"""What matches show on the home pages, under the activities of the roadmap, and beside a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import Role
from pairing.board import UNPAIRED, has_mentor, mentees_of, newest_year, to_decide, without_mentor
from pairing.models import OPEN_MATCHES, Match, MatchState
from pairing.services.matches import open_matches_of
from participants.hanging import Hanging
from participants.models import Enrolment, Person, Side
from roadmap.day import Fact, Waiting
from roadmap.evidence import Evidence


def badge_of(actor: Actor) -> int:
    """The pairs an administrator is to decide on, those sent back to the curator."""
    if actor.role == Role.ADMINISTRATOR:
        return to_decide(actor).count()
    return Match.objects.visible_to(actor).filter(state=MatchState.RETURNED).count()


def ask_administrator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The pairs that wait for approval, all on one page."""
    found = to_decide(actor).aggregate(n=Count("pk"), since=Min("proposed_at"))
    if found["n"]:
        assert actor.school
        yield Waiting(
            text=ngettext("Approve %(n)s pair", "Approve %(n)s pairs", found["n"]) % found,
            url=reverse("pairing:match_decide"),
            deed=_("Look and approve"),
            day=timezone.localtime(found["since"], actor.school.zone).date(),
            small=_("were proposed"),
            tone="now",
        )


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The pairs that were sent back, and the mentees for whom a mentor can be chosen now."""
    returned = Match.objects.visible_to(actor).filter(state=MatchState.RETURNED)
    back = returned.aggregate(n=Count("pk"), since=Min("decided_at"))
    if back["n"]:
        assert actor.school
        yield Waiting(
            text=ngettext("%(n)s pair was sent back", "%(n)s pairs were sent back", back["n"]) % back,
            url=_board(MatchState.RETURNED),
            deed=_("Read the notes"),
            day=timezone.localtime(back["since"], actor.school.zone).date(),
            small=_("were sent back"),
            tone="now",
        )
    mentees = without_mentor(mentees_of(actor, newest_year(actor)))
    ready = mentees.cleared(today).exclude(request="").count()
    if ready:
        yield Waiting(
            text=ngettext("Choose a mentor for %(n)s mentee", "Choose mentors for %(n)s mentees", ready) % {"n": ready},
            url=_board(UNPAIRED),
            deed=_("Choose mentors"),
        )


def count_pairs(actor: Actor, today: date) -> list[Fact]:
    """Mentees in a pair, mentees without a mentor yet; nothing before anyone is enrolled."""
    mentees = mentees_of(actor, newest_year(actor))
    total, alone = mentees.count(), without_mentor(mentees).count()
    if not total:
        return []
    words = ngettext("mentee in a pair", "mentees in pairs", total - alone)
    return [
        Fact(str(total - alone), words, _board(MatchState.PROPOSED)),
        Fact(str(alone), _("without a mentor yet"), _board(UNPAIRED)),
    ]


def evidence_of_pairs(cycles: Sequence[int]) -> dict[int, Evidence]:
    """«пары: 51 из 64»: of the mentees of each cycle those with an approved mentor or one by an order."""
    mentees = Enrolment.objects.enrolled().filter(side=Side.MENTEE, cycle__in=cycles).order_by()
    counted = mentees.values_list("cycle", "cycle__year").annotate(
        total=Count("pk"), done=Count("pk", filter=has_mentor())
    )
    found = {cycle: (year, done, total) for cycle, year, total, done in counted}
    return {cycle: _evidence(cycle, *found.get(cycle, (0, 0, 0))) for cycle in cycles}


def hanging_matches(person: Person) -> list[Hanging]:
    """The open pairs of a person, on either side."""
    rows = open_matches_of(person).select_related("mentor__person", "mentee__person")
    return [Hanging(_hanging_words(row), _board(row.state)) for row in rows]


def held_by_match(enrolment: Enrolment) -> str:
    """Why someone can not leave while a pair of his is open."""
    rows = Match.objects.filter(Q(mentor=enrolment) | Q(mentee=enrolment), state__in=OPEN_MATCHES)
    return _("A pair with this person is proposed or approved. Take it back first.") if rows.exists() else ""


def _hanging_words(row: Match) -> str:
    return _("pair %(mentor)s – %(mentee)s: %(state)s") % {
        "mentor": row.mentor.person.short_name,
        "mentee": row.mentee.person.short_name,
        "state": row.get_state_display(),
    }


def _evidence(cycle: int, year: int, done: int, total: int) -> Evidence:
    url = reverse("pairing:match_list")
    if not total:
        nobody = _("no mentees yet")
        return Evidence(nobody, url, 0, 0, nobody, reverse("participants:person_list"))
    words, url = _("pairs: %(done)s of %(total)s") % {"done": done, "total": total}, f"{url}?year={year}"
    if done == total:
        return Evidence(words, url, done, total)
    lacks = ngettext(
        "%(n)s of %(total)s mentee has no approved pair", "%(n)s of %(total)s mentees have no approved pair", total
    ) % {"n": total - done, "total": total}
    return Evidence(words, url, done, total, lacks, f"{url}&group={UNPAIRED}&cycle={cycle}")


def _board(group: str) -> str:
    return f"{reverse('pairing:match_list')}?group={group}"
