"""Group meetings: planned, who is asked, who came, who talks with whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from pairing.models import Gathering, Guest, Seat
from pairing.rules import LIFTABLE, Rule
from pairing.scenes.bench import form_rules, read_table
from pairing.scoring import Table
from pairing.seating import seat_rounds
from participants.models import Enrolment, MentoringForm
from participants.services.cycles import today_in
from roadmap.models import Cycle

_OF_THE_DAY = {Rule.PLACE, Rule.TAKEN, Rule.FILLED}
"""Rules that say nothing against a talk."""


def save_gathering(
    *,
    gathering: Gathering | None,
    cycle: Cycle,
    form: MentoringForm,
    held_at: datetime,
    place: str,
    talks: int,
    minutes: int,
    by: Actor,
) -> Gathering:
    """Plan a group meeting, or change it. Everybody of the form whose consents are in force is asked; who was asked
    before stays with his mark.
    """
    assert by.user
    columns = {"held_at": held_at, "place": place.strip(), "talks": talks, "minutes": minutes}
    with transaction.atomic():
        if gathering is None:
            row = Gathering.objects.create(school=form.school, cycle=cycle, form=form, made_by=by.user, **columns)
        else:
            row = _locked(gathering)
            for name, value in columns.items():
                setattr(row, name, value)
            row.save(update_fields=tuple(columns))
        known = row.guests.values("enrolment")
        new = guests_to_ask(row).exclude(pk__in=known).order_by("pk")
        Guest.objects.bulk_create([Guest(gathering=row, enrolment=one) for one in new])
        record_event(verb="save", thing=row, school=row.school, detail={"talks": talks}, by=by)
    return row


def guests_to_ask(gathering: Gathering) -> QuerySet[Enrolment]:
    """Everybody who takes part in the form this year with every consent in force."""
    rows = Enrolment.objects.enrolled().cleared(today_in(gathering.school))
    return rows.filter(cycle=gathering.cycle, form=gathering.form)


def mark_guests(*, gathering: Gathering, came: Mapping[int, bool | None], by: Actor) -> int:
    """Note who came, by the key of the guest; None where it is not known. How many marks have changed."""
    with transaction.atomic():
        row = _locked(gathering)
        guests = [guest for guest in row.guests.filter(pk__in=came) if guest.has_come != came[guest.pk]]
        for guest in guests:
            guest.has_come = came[guest.pk]
        Guest.objects.bulk_update(guests, ["has_come"])
        if guests:
            record_event(verb="mark", thing=row, school=row.school, detail={"marks": len(guests)}, by=by)
    return len(guests)


def seat_guests(*, gathering: Gathering, by: Actor) -> int:
    """Work out who talks with whom, of those who are not noted as absent; the rounds there are.

    An earlier plan is replaced. Raises DomainError where one side has nobody.
    """
    with transaction.atomic():
        row = _locked(gathering)
        coming = row.guests.exclude(has_come=False).values("enrolment")
        here = set(guests_to_ask(row).filter(pk__in=coming).values_list("pk", flat=True))
        table = _table(row)
        mentees = [place for place, one in enumerate(table.mentees) if one.key in here]
        mentors = [place for place, one in enumerate(table.mentors) if one.key in here]
        if not mentees or not mentors:
            raise DomainError(_("Nobody can be seated: mentors or mentees with consents in force are missing."))
        scores = [[_score(table, i, j) for j in mentors] for i in mentees]
        rounds = seat_rounds(scores, row.talks)
        row.seats.all().delete()
        Seat.objects.bulk_create(
            Seat(
                gathering=row,
                round=number,
                mentee_id=table.mentees[mentees[i]].key,
                mentor_id=table.mentors[mentors[j]].key,
            )
            for number, one in enumerate(rounds, start=1)
            for i, j in one
        )
        row.seated_at = timezone.now()
        row.save(update_fields=("seated_at",))
        record_event(verb="seat", thing=row, school=row.school, detail={"rounds": len(rounds)}, by=by)
    return len(rounds)


def remove_gathering(*, gathering: Gathering, by: Actor) -> None:
    """Take back a meeting that was entered by mistake. Raises DomainError once it is noted who came."""
    with transaction.atomic():
        row = _locked(gathering)
        if row.guests.filter(has_come=True).exists():
            raise DomainError(_("It is noted who came to this meeting, so it stays. Clear the marks first."))
        record_event(verb="remove", thing=row, school=row.school, by=by)
        row.delete()


def _locked(gathering: Gathering) -> Gathering:
    rows = Gathering.objects.select_for_update(of=("self",)).select_related("school", "cycle", "form")
    return rows.get(pk=gathering.pk)


def _table(row: Gathering) -> Table:
    weights, _rules, _stored = form_rules(row.form)
    return read_table(row.cycle, row.form, weights, today_in(row.school))[0]


def _score(table: Table, i: int, j: int) -> float | None:
    """The score of the two; None where no reason in writing could make them a pair, whoever has a place."""
    broken = set(table.broken_rules(i, j)) - LIFTABLE - _OF_THE_DAY
    return None if broken else float(table.total[i, j])
