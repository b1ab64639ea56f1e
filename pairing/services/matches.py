"""Proposing pairs and deciding on them: what the curator proposes, another person approves.

Everything about pairs is locked in one order: the parts of the people, then their matches, then the rest, each by
key, and all of it before the first line of the journal, whose own lock the whole school waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.models import Role, School
from core.states import move
from pairing.models import OPEN_MATCHES, ApprovalRule, Match, MatchState
from pairing.objecting import objections_to
from pairing.parties import read_parties
from pairing.rules import Party, against_pair
from pairing.services.agreements import declined_sides
from participants.models import Enrolment, Person
from participants.services.cycles import today_in


class MatchRefused(DomainError):
    """These two may not be paired, or not by this person; the text says why."""


def lock_enrolments(keys: Iterable[int]) -> dict[int, Enrolment]:
    """Lock these parts of people against every other change of their pairs; by key."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("person__school")
    return {row.pk: row for row in rows.filter(pk__in={*keys}).order_by("pk")}


def lock_matches(matches: Iterable[Match]) -> dict[int, Match]:
    """Lock both sides of these matches, then the matches, which are read again; by key."""
    given = list(matches)
    sides = lock_enrolments(key for row in given for key in (row.mentor_id, row.mentee_id))
    rows = Match.objects.select_for_update(of=("self",)).select_related("school")
    locked = {row.pk: row for row in rows.filter(pk__in=[row.pk for row in given]).order_by("pk")}
    for row in locked.values():
        row.mentor, row.mentee = sides[row.mentor_id], sides[row.mentee_id]
    return locked


def propose_match(*, mentor: Enrolment, mentee: Enrolment, note: str, by: Actor) -> Match:
    """Propose this mentor to this mentee; against a rule that yields to a reason the note says why.

    Raises MatchRefused.
    """
    assert by.user
    with transaction.atomic():
        sides = lock_enrolments((mentor.pk, mentee.pk))
        school = sides[mentee.pk].person.school
        parties = _parties(sides.values(), school)
        _refuse(against_pair(parties[mentor.pk], parties[mentee.pk]))
        match = Match.objects.create(
            school=school,
            mentor=sides[mentor.pk],
            mentee=sides[mentee.pk],
            note=note.strip(),
            lifted=_lifted(sides[mentor.pk], sides[mentee.pk], note.strip(), school),
            proposed_by=by.user,
        )
        detail = {"lifted": match.lifted} if match.lifted else {}
        record_event(verb="propose", thing=match, school=school, to_state=match.state, detail=detail, by=by)
    return match


def propose_again(*, match: Match, note: str, by: Actor) -> Match:
    """Propose a returned pair once more; the note of who returned it stays. Raises MatchRefused, TransitionRefused."""
    assert by.user
    with transaction.atomic():
        row = lock_matches([match])[match.pk]
        parties = _parties((row.mentor, row.mentee), row.school)
        if row.state == MatchState.RETURNED:
            _refuse(against_pair(parties[row.mentor_id], parties[row.mentee_id], holds=True))
        if row.lifted and not note.strip():
            _refuse([_reason_wanted()])
        row.note, row.proposed_by, row.proposed_at = note.strip(), by.user, timezone.now()
        row.decided_by, row.decided_at = None, None
        also = ("note", "proposed_by", "proposed_at", "decided_by", "decided_at")
        move(row, MatchState.PROPOSED, school=row.school, also=also, by=by)
    return row


def approve_match(*, match: Match, by: Actor) -> Match:
    """Approve a proposed pair: an administrator, and not who proposed it unless the school lets him.

    Raises MatchRefused, TransitionRefused.
    """
    with transaction.atomic():
        row = lock_matches([match])[match.pk]
        parties = _parties((row.mentor, row.mentee), row.school)
        _approve(row, parties, declined_sides([row]), is_single_approval(row.school), by)
    return row


def approve_matches(*, matches: Sequence[Match], by: Actor) -> dict[int, str]:
    """Approve those of these pairs that can be; in words, by key, why the others can not."""
    refused = {}
    with transaction.atomic():
        rows = lock_matches(matches)
        school = by.school
        assert school
        parties = _parties((side for row in rows.values() for side in (row.mentor, row.mentee)), school)
        is_single, declined = is_single_approval(school), declined_sides(rows.values())
        for row in rows.values():
            try:
                _approve(row, parties, declined, is_single, by)
            except DomainError as refusal:
                refused[row.pk] = str(refusal)
    return refused


def return_match(*, match: Match, note: str, seen: str = MatchState.PROPOSED, by: Actor) -> Match:
    """Send a pair back to the curator, saying why; `seen` is the state it was looked at in, proposed or approved.

    Raises MatchRefused, TransitionRefused.
    """
    _refuse_other_roles(by)
    if not note.strip():
        raise MatchRefused(_("Write what is to be changed: the curator reads it."))
    with transaction.atomic():
        row = lock_matches([match])[match.pk]
        _refuse_other_state(row, seen)
        return _decide(row, MatchState.RETURNED, note.strip(), by)


def drop_match(*, match: Match, seen: str = "", by: Actor) -> Match:
    """Take an open pair back, and the mentee is free for another; where `seen` is given, only from that state.

    Raises TransitionRefused.
    """
    with transaction.atomic():
        row = lock_matches([match])[match.pk]
        _refuse_other_state(row, seen or row.state)
        move(row, MatchState.DROPPED, school=row.school, by=by)
    return row


def open_matches_of(person: Person) -> QuerySet[Match]:
    """The open pairs of a person, on either side."""
    return Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person), state__in=OPEN_MATCHES)


def lock_matches_of(person: Person) -> list[Match]:
    """Lock the open pairs of a person whose own parts are locked; the other sides need none to be dropped."""
    rows = open_matches_of(person).select_for_update(of=("self",))
    return list(rows.select_related("school").order_by("pk"))


def drop_matches_of(person: Person, parts: Sequence[int], by: Actor) -> None:
    """Take every open pair that rests on these parts back, after a withdrawal; the person's parts are locked."""
    with transaction.atomic():
        for row in lock_matches_of(person):
            if row.mentor_id not in parts and row.mentee_id not in parts:
                continue
            move(row, MatchState.DROPPED, school=row.school, by=by)


def is_single_approval(school: School) -> bool:
    """Whether the school lets one person propose and approve."""
    return ApprovalRule.objects.filter(school=school, is_single=True).exists()


def _approve(
    row: Match, parties: dict[int, Party], declined: Mapping[int, list[str]], is_single: bool, by: Actor
) -> None:
    _refuse_other_roles(by)
    if row.state == MatchState.PROPOSED:
        if row.proposed_by_id == by.user_id and not is_single:
            raise MatchRefused(_("You proposed this pair yourself; another administrator has to approve it."))
        _refuse(against_pair(parties[row.mentor_id], parties[row.mentee_id], holds=True))
        _refuse([_("%(name)s does not agree to this pair.") % {"name": name} for name in declined.get(row.pk, ())])
    _decide(row, MatchState.APPROVED, "", by)


def _decide(row: Match, to: MatchState, note: str, by: Actor) -> Match:
    row.decided_by, row.decided_at, row.decision_note = by.user, timezone.now(), note
    move(row, to, school=row.school, also=("decided_by", "decided_at", "decision_note"), by=by)
    return row


def _parties(sides: Iterable[Enrolment], school: School) -> dict[int, Party]:
    return read_parties(sides, today_in(school))


def _lifted(mentor: Enrolment, mentee: Enrolment, note: str, school: School) -> list[str]:
    """The keys of the rules this pair goes against. Raises MatchRefused where one yields to nothing, or without a note."""
    against = objections_to(mentee, mentor, today_in(school))
    _refuse([one.words for one in against if not one.is_liftable])
    if against and not note:
        _refuse([*(one.words for one in against), _reason_wanted()])
    return [str(one.rule) for one in against]


def _reason_wanted() -> str:
    return _("This goes against a rule. Write why it should be so all the same.")


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise MatchRefused(" ".join(reasons))


def _refuse_other_state(row: Match, seen: str) -> None:
    if row.state != seen:
        raise TransitionRefused(_("Someone has decided on this pair meanwhile. Look at it again before you go on."))


def _refuse_other_roles(by: Actor) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise MatchRefused(_("Only an administrator decides on pairs."))
