"""Asking both sides of a proposed pair whether they agree, by a letter with a link, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from pairing.models import Agreement, AgreementState, Match, MatchState
from participants.models import Enrolment, Guardian, Person, Side
from participants.services.asking import lock_people, tell_signer
from participants.services.cycles import today_in

AGREEMENT_ASKED = "agreement-asked"
"""The kind of letter that asks; `pairing.letters` writes it."""
NOTE_LENGTH = 300


def ask_sides(*, matches: Iterable[Match], by: Actor) -> list[Agreement]:
    """Ask both sides of these matches who were not asked yet, each by a letter where there is an address.

    Whoever has no address is asked all the same: the question stands on his page, and the curator can note an answer
    that was given in person.
    """
    rows = {row.pk: row for row in matches}
    with transaction.atomic():
        known = set(Agreement.objects.filter(match__in=rows).values_list("match", "enrolment"))
        new = [
            Agreement(match=row, enrolment_id=side)
            for row in rows.values()
            for side in (row.mentee_id, row.mentor_id)
            if (row.pk, side) not in known
        ]
        sides = Enrolment.objects.select_related("person__school").in_bulk([row.enrolment_id for row in new])
        lock_people(side.person_id for side in sides.values())
        Agreement.objects.bulk_create(new)
        for row in new:
            record_event(verb="ask", thing=row, school=sides[row.enrolment_id].person.school, by=by)
            _write(row, sides[row.enrolment_id].person, by)
    return new


def answer_agreement(*, agreement: Agreement, agrees: bool, note: str, by: Actor) -> Agreement:
    """What a side says to the pair, in its own name or noted by the curator. Raises DomainError."""
    with transaction.atomic():
        row = _locked(agreement)
        if row.match.state not in {MatchState.PROPOSED, MatchState.RETURNED}:
            raise DomainError(_("The pair has been decided on meanwhile. Speak to the curator of the programme."))
        to = AgreementState.AGREED if agrees else AgreementState.DECLINED
        row.note, row.answered_at = note.strip()[:NOTE_LENGTH], timezone.now()
        if row.state == to:
            row.save(update_fields=("note", "answered_at"))
            return row
        move(row, to, school=row.match.school, also=("note", "answered_at"), by=by)
    return row


def may_be_named(match: Match, today: date) -> bool:
    """Whether each side may be told who the other is: every consent of both is in force."""
    return Enrolment.objects.cleared(today).filter(pk__in=(match.mentor_id, match.mentee_id)).count() == len(Side)


def declined_sides(matches: Iterable[Match]) -> dict[int, list[str]]:
    """By match, the short names of those who do not agree to it."""
    rows = Agreement.objects.filter(match__in=[row.pk for row in matches], state=AgreementState.DECLINED)
    found: dict[int, list[str]] = {}
    for row in rows.select_related("enrolment__person").order_by("pk"):
        found.setdefault(row.match_id, []).append(row.enrolment.person.short_name)
    return found


def signers_of(person: Person, today: date) -> list[Guardian | None]:
    """Who answers for the person: he himself, for whom None stands, or the guardians of a minor."""
    if not person.is_minor_on(today):
        return [None]
    standing = person.guardianships.standing().select_related("guardian").order_by("pk")
    return [row.guardian for row in standing]


def _write(agreement: Agreement, person: Person, by: Actor) -> None:
    if person.birth_date is None:
        return
    for signer in signers_of(person, today_in(person.school)):
        tell_signer(person, signer, AGREEMENT_ASKED, payload={"agreement": agreement.pk}, by=by)


def _locked(agreement: Agreement) -> Agreement:
    """The agreement and its match as they stand now, the match locked first."""
    match = Match.objects.select_for_update(of=("self",)).select_related("school").get(pk=agreement.match_id)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    row.match = match
    return row
