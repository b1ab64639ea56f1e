"""The curator moves single pairs of a scenario: locks them, keeps two apart, puts two together, takes a pair out."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.journal import record_event
from core.models import User
from pairing.matching import Pair, Price, price_of
from pairing.models import PairNote, Scenario, ScenarioBan, ScenarioPair
from pairing.scenes.bench import Bench, is_banned
from pairing.scoring.reasons import objections
from pairing.services.scenario_rows import (
    Put,
    ScenarioRefused,
    bench_today,
    keep_figures,
    keep_pairs,
    lock_unchanged,
    note,
    raise_version,
    solve_rows,
)
from participants.models import Enrolment


def lock_pair(*, scenario: Scenario, seen_version: int, mentee: Enrolment, by: Actor) -> None:
    """Keep the pair of this mentee in every computation. Raises ScenarioRefused."""
    _set_lock(scenario, seen_version, mentee, True, by)


def unlock_pair(*, scenario: Scenario, seen_version: int, mentee: Enrolment, by: Actor) -> None:
    """Let the pair of this mentee be parted by the next computation. Raises ScenarioRefused."""
    _set_lock(scenario, seen_version, mentee, False, by)


def ban_pair(*, scenario: Scenario, seen_version: int, mentee: Enrolment, mentor: Enrolment, by: Actor) -> None:
    """Keep these two apart, and solve the rest anew. Raises ScenarioRefused."""
    assert by.user
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        _refuse_strangers(row, mentee, mentor)
        row.pairs.filter(mentee=mentee, mentor=mentor).delete()
        ScenarioBan.objects.get_or_create(scenario=row, mentor=mentor, mentee=mentee, defaults={"made_by": by.user})
        solve_rows(row)
        raise_version(row)
        note(row, "ban", {"mentee": mentee.pk, "mentor": mentor.pk}, by)


def lift_ban(*, scenario: Scenario, seen_version: int, ban: int, by: Actor) -> None:
    """Let two be paired again by the next computation; the pairs stay as they are. Raises ScenarioRefused."""
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        gone = row.bans.filter(pk=ban).first()
        if gone is None:
            raise ScenarioRefused(_("This ban is lifted already."))
        gone.delete()
        raise_version(row)
        note(row, "lift_ban", {"mentee": gone.mentee_id, "mentor": gone.mentor_id}, by)


def put_pair(
    *, scenario: Scenario, seen_version: int, mentee: Enrolment, mentor: Enrolment, reason: str, by: Actor
) -> None:
    """Put these two together and lock them; of the others only those move whom the price names.

    Against the hard rules that yield to a reason only with one in writing; against the others never. Raises
    ScenarioRefused.
    """
    assert by.user
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        _refuse_strangers(row, mentee, mentor)
        bench = bench_today(row)
        pair, put = _pair_to_put(bench, mentee, mentor, reason.strip(), by.user)
        price = price_of(bench.instance(pair[0]), bench.current(row.aim, row.filling), *pair)
        if price is None:
            raise ScenarioRefused(_("Locked pairs take all the places of this mentor. Unlock one of them first."))
        keep_pairs(row, bench, _moved(bench, pair, price), {pair: put})
        raise_version(row)
        note(row, "put", {"mentee": mentee.pk, "mentor": mentor.pk, "lifted": list(put.lifted)}, by)


def take_out(*, scenario: Scenario, seen_version: int, mentee: Enrolment, by: Actor) -> None:
    """Part the pair of this mentee; the others stay as they are. Raises ScenarioRefused."""
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        pair = _pair_of(row, mentee)
        mentor = pair.mentor_id
        pair.delete()
        keep_figures(row, bench_today(row))
        raise_version(row)
        note(row, "take_out", {"mentee": mentee.pk, "mentor": mentor}, by)


def note_pair(*, mentee: Enrolment, mentor: Enrolment, is_for: bool, text: str, by: Actor) -> None:
    """Write the curator's word for or against two people, which every score of them heeds; without a text take it back."""
    assert by.user
    with transaction.atomic():
        Enrolment.objects.select_for_update(no_key=True).get(pk=mentee.pk)
        if text.strip():
            columns = {"is_for": is_for, "text": text.strip(), "written_by": by.user, "written_at": timezone.now()}
            PairNote.objects.update_or_create(mentor=mentor, mentee=mentee, defaults=columns)
        else:
            PairNote.objects.filter(mentor=mentor, mentee=mentee).delete()
        detail: dict[str, object] = {"mentor": mentor.pk, "is_for": is_for, "is_kept": bool(text.strip())}
        record_event(verb="note_pair", thing=mentee, detail=detail, by=by)


def _set_lock(scenario: Scenario, seen_version: int, mentee: Enrolment, is_locked: bool, by: Actor) -> None:
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        pair = _pair_of(row, mentee)
        if pair.lifted and not is_locked:
            refusal = _("This pair goes against a rule and stands only while it is locked. Take it out instead.")
            raise ScenarioRefused(refusal)
        pair.is_locked = is_locked
        pair.save(update_fields=("is_locked",))
        raise_version(row)
        note(row, "lock" if is_locked else "unlock", {"mentee": mentee.pk, "mentor": pair.mentor_id}, by)


def _pair_of(row: Scenario, mentee: Enrolment) -> ScenarioPair:
    pair = row.pairs.filter(mentee=mentee).first()
    if pair is None:
        raise ScenarioRefused(_("This mentee is in no pair of the scenario any more."))
    return pair


def _refuse_strangers(row: Scenario, *two: Enrolment) -> None:
    if any((one.cycle_id, one.form_id) != (row.cycle_id, row.form_id) for one in two):
        raise ScenarioRefused(_("These two do not both take part in the year and the form of this scenario."))


def _pair_to_put(bench: Bench, mentee: Enrolment, mentor: Enrolment, reason: str, user: User) -> tuple[Pair, Put]:
    if mentee.pk not in bench.rows or mentor.pk not in bench.columns:
        raise ScenarioRefused(_("One of these two can not be paired any more."))
    pair = bench.rows[mentee.pk], bench.columns[mentor.pk]
    if is_banned(bench, mentee.pk, mentor.pk):
        raise ScenarioRefused(_("You keep these two apart in this scenario. Lift the ban first."))
    against = objections(bench.table, *pair)
    hard = [one.words for one in against if not one.is_liftable]
    if hard:
        raise ScenarioRefused(" ".join(hard))
    if against and not reason:
        raise ScenarioRefused(_("This goes against a rule. Write why it should be so all the same."))
    return pair, Put(tuple(str(one.rule) for one in against), reason if against else "", user)


def _moved(bench: Bench, pair: Pair, price: Price) -> Iterator[Pair]:
    """The pairs after the moves that the price names."""
    mentors: dict[int, int | None] = dict(bench.pairs)
    mentors |= {move.mentee: move.to_mentor for move in price.moves} | dict([pair])
    return ((row, column) for row, column in mentors.items() if column is not None)
