"""What meetings show on the home pages, under the activities of the roadmap, and beside a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.journal import record_event
from core.models import Role
from pairing.diary import (
    ACTIVE,
    SILENT,
    group_of,
    mentee_lines,
    missed_plans,
    pair_lines,
    past_their_order,
    silent,
    silent_first,
)
from pairing.models import MeetingKind, Mentorship, MentorshipState, Place
from pairing.own import mentee_cards, mentor_cards, places_of, standing
from pairing.services.mentorships import active_mentorships_of
from pairing.weeks import SILENT_DAYS
from participants.hanging import Hanging
from participants.models import Enrolment, Person
from roadmap.day import Panel, Waiting
from roadmap.evidence import Evidence, Provider

STYLE = "css/meetings.css"
SHOWN = 6
"""As many pairs as stand beside what waits for a decision."""


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The silent pairs, and those whose order has come to its end."""
    assert actor.school
    rows = Mentorship.objects.visible_to(actor)
    quiet = silent(rows, today, actor.school.zone).count()
    if quiet:
        rule = ngettext("no meeting for %(n)s day or longer", "no meeting for %(n)s days or longer", SILENT_DAYS)
        yield Waiting(
            text=ngettext("%(n)s pair is silent", "%(n)s pairs are silent", quiet) % {"n": quiet},
            url=_list(SILENT),
            deed=_("Look who is silent"),
            detail=rule % {"n": SILENT_DAYS},
        )
    over = past_their_order(rows, today).aggregate(n=Count("pk"), since=Min("ends_on"))
    if over["n"]:
        yield Waiting(
            text=ngettext("End the work of %(n)s pair", "End the work of %(n)s pairs", over["n"]) % over,
            url=_list(ACTIVE),
            deed=_("Look which"),
            detail=_("the term of the order is over"),
            day=over["since"],
        )


def ask_mentor(actor: Actor, today: date) -> Iterator[Waiting]:
    """The planned meetings that have passed without a record."""
    assert actor.school
    missed = missed_plans(Mentorship.objects.visible_to(actor), timezone.now()).filter(ends_on__gte=today)
    rows = list(missed.order_by("pk"))
    mentees = mentee_lines(rows, today)
    for row in rows:
        planned = timezone.localtime(row.planned_at, actor.school.zone)  # type: ignore[attr-defined]
        yield Waiting(
            text=_missed((today - planned.date()).days),
            url=reverse("pairing:mentorship_meet", args=(row.pk,)) + "?planned",
            deed=_("Record this meeting"),
            detail=", ".join(line.short_name for line in mentees[row.pk] if line.is_standing),
            day=planned.date(),
            small=planned.strftime("%H:%M"),
            tone="now",
        )


def paint_strips(actor: Actor, today: date) -> Panel | None:
    """The pairs at work with their weeks, the silent ones first."""
    assert actor.school
    zone = actor.school.zone
    working = group_of(Mentorship.objects.visible_to(actor), ACTIVE, today, zone)
    total = working.count()
    if not total:
        return None
    rows = list(silent_first(working).select_related("mentor__person", "mentor__form")[:SHOWN])
    record_event(verb="list", detail={"list": "mentorships", "count": len(rows)}, by=actor)
    context = {"lines": pair_lines(rows, today, zone), "total": total, "days": SILENT_DAYS}
    return Panel("pairing/mentorship_strips.html", context, STYLE)


def paint_mentees(actor: Actor, today: date) -> Panel | None:
    """«Мои наставляемые», each with the button by which a meeting is recorded."""
    assert actor.school
    rows = Mentorship.objects.visible_to(actor).filter(state=MentorshipState.ACTIVE)
    cards = mentor_cards(rows, today, actor.school.zone)
    if not cards:
        return None
    record_event(verb="list", detail={"list": "own pairs", "count": len(cards)}, by=actor)
    return Panel("pairing/mentorship_panel.html", {"cards": cards}, STYLE)


def paint_mentor(actor: Actor, today: date) -> Panel | None:
    """Who the mentor is, when the next meeting is, what was agreed."""
    assert actor.school
    cards = mentee_cards(places_of(actor, today), actor.school.zone)
    if not cards:
        return None
    record_event(verb="list", detail={"list": "own pairs", "count": len(cards)}, by=actor)
    context = {"cards": cards, "is_self": actor.role == Role.MENTEE, "opens": True}
    return Panel("pairing/mentorship_family.html", context, STYLE)


def paint_for_signer(person: Person, today: date) -> Panel | None:
    """The same on the page of whoever signs for the person."""
    places = standing(Place.objects.filter(mentee__person=person), today)
    cards = mentee_cards(places, person.school.zone)
    return Panel("pairing/mentorship_signer.html", {"cards": cards}, STYLE) if cards else None


def hanging_mentorships(person: Person) -> list[Hanging]:
    """The pairs at work in which the person stands, on either side."""
    rows = active_mentorships_of(person).order_by("pk")
    words = _("the pair of the mentor %(mentor)s at work, %(ground)s")
    return [
        Hanging(
            words % {"mentor": row.mentor.person.short_name, "ground": row.ground},
            reverse("pairing:mentorship_show", args=(row.pk,)),
        )
        for row in rows
    ]


def held_by_mentorship(enrolment: Enrolment) -> str:
    """Why someone can not leave while a pair of his is at work."""
    as_mentee = Place.objects.filter(mentee=enrolment, left_on=None)
    as_mentor = Mentorship.objects.filter(mentor=enrolment, state=MentorshipState.ACTIVE)
    is_held = as_mentee.exists() or as_mentor.exists()
    return _("A pair with this person is at work under an order. End its work first.") if is_held else ""


def evidence_of_kind(kind: MeetingKind) -> Provider:
    """«первые встречи: 12 из 14 пар»: the pairs of each cycle that had a meeting of this kind."""

    def provide(cycles: Sequence[int]) -> dict[int, Evidence]:
        counted = _counted(cycles, kind)
        return {cycle: _evidence(kind, cycle, counted.get(cycle, [])) for cycle in cycles}

    return provide


def _counted(cycles: Sequence[int], kind: MeetingKind) -> dict[int, list[int]]:
    """How many such meetings each pair of a cycle had; pairs that stopped early are not counted."""
    rows = Mentorship.objects.filter(mentor__cycle__in=cycles).exclude(state=MentorshipState.STOPPED).order_by()
    found: dict[int, list[int]] = {}
    held = rows.annotate(held=Count("meetings", filter=Q(meetings__kind=kind)))
    for cycle, number in held.values_list("mentor__cycle", "held"):
        found.setdefault(cycle, []).append(number)
    return found


def _evidence(kind: MeetingKind, cycle: int, meetings: Sequence[int]) -> Evidence:
    done, total = sum(number > 0 for number in meetings), len(meetings)
    if not total:
        nobody = _("no pairs at work yet")
        return Evidence(nobody, _list(ACTIVE), 0, 0, nobody, _list(ACTIVE))
    words = {
        MeetingKind.FIRST: _("first meetings: %(done)s of %(total)s pairs"),
        MeetingKind.TRIAL: _("trial meetings: %(done)s of %(total)s pairs"),
        MeetingKind.PLANNING: _("planning meetings: %(done)s of %(total)s pairs"),
        MeetingKind.REGULAR: _("meetings: %(held)s, in %(done)s of %(total)s pairs"),
        MeetingKind.FINAL: _("final meetings: %(done)s of %(total)s pairs"),
    }
    said = words[kind] % {"done": done, "total": total, "held": sum(meetings)}
    return Evidence(said, _list(ACTIVE), done, total, *_lacking(kind, cycle, total - done, total))


def _lacking(kind: MeetingKind, cycle: int, pairs: int, total: int) -> tuple[str, str]:
    """«у 3 из 14 пар не было первой встречи» and the list of these pairs."""
    if not pairs:
        return "", ""
    words = {
        MeetingKind.FIRST: ngettext(
            "%(n)s of %(total)s pair had no first meeting", "%(n)s of %(total)s pairs had no first meeting", total
        ),
        MeetingKind.TRIAL: ngettext(
            "%(n)s of %(total)s pair had no trial meeting", "%(n)s of %(total)s pairs had no trial meeting", total
        ),
        MeetingKind.PLANNING: ngettext(
            "%(n)s of %(total)s pair had no planning meeting", "%(n)s of %(total)s pairs had no planning meeting", total
        ),
        MeetingKind.REGULAR: ngettext(
            "%(n)s of %(total)s pair had no regular meeting", "%(n)s of %(total)s pairs had no regular meeting", total
        ),
        MeetingKind.FINAL: ngettext(
            "%(n)s of %(total)s pair had no final meeting", "%(n)s of %(total)s pairs had no final meeting", total
        ),
    }
    address = f"{reverse('pairing:mentorship_list')}?without={kind}&cycle={cycle}"
    return words[kind] % {"n": pairs, "total": total}, address


def _missed(days: int) -> str:
    if days == 0:
        return _("A meeting was planned for today")
    if days == 1:
        return _("A meeting was planned for yesterday")
    return ngettext("A meeting was planned %(n)s day ago", "A meeting was planned %(n)s days ago", days) % {"n": days}


def _list(group: str) -> str:
    return f"{reverse('pairing:mentorship_list')}?group={group}"
