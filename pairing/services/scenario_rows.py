"""The rows of a scenario: locked against others, written after a change, noted in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import User
from pairing.matching import Aim, Filling, Pair
from pairing.models import Scenario, ScenarioPair
from pairing.scenes.bench import Bench, read_bench
from pairing.scenes.figures import figures_of
from participants.services.cycles import today_in


class ScenarioRefused(DomainError):
    """This can not be done with the scenario; the text says why."""


class ScenarioChanged(ScenarioRefused):
    """Another has changed it since it was looked at."""


@dataclass(frozen=True, slots=True)
class Put:
    """What a pair put in by hand is kept with."""

    lifted: tuple[str, ...]
    reason: str
    by: User


def lock_scenario(scenario: Scenario) -> Scenario:
    """The row, locked until the end of the transaction."""
    rows = Scenario.objects.select_for_update(of=("self",)).select_related("school", "cycle", "form")
    return rows.get(pk=scenario.pk)


def lock_unchanged(scenario: Scenario, seen_version: int) -> Scenario:
    """The row, locked and about to be changed. Raises ScenarioChanged where it is not what was looked at."""
    row = lock_scenario(scenario)
    if row.put_away_at:
        raise ScenarioRefused(_("This scenario is put away. Bring it back before you change it."))
    if row.version != seen_version:
        raise ScenarioChanged(
            _("Someone changed this scenario meanwhile; you see it as it is now. Look whether it is still to be done.")
        )
    return row


def raise_version(row: Scenario, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=("version", *columns))


def note(row: Scenario, verb: str, detail: Mapping[str, object], by: Actor) -> None:
    """A line of the journal about the scenario as it is after the change."""
    record_event(verb=verb, thing=row, school=row.school, detail={**detail, "version": row.version}, by=by)


def bench_today(row: Scenario) -> Bench:
    return read_bench(row, today_in(row.school))


def solve_rows(row: Scenario) -> int:
    """Everything that is not locked anew; how many locked pairs could not stay."""
    bench = bench_today(row)
    keep_pairs(row, bench, bench.solved(row.aim, row.filling).pairs)
    row.fingerprint, row.solved_at = bench.digest, timezone.now()
    row.save(update_fields=("fingerprint", "solved_at"))
    return sum(pair.is_locked for pair in bench.fallen)


def keep_pairs(row: Scenario, bench: Bench, pairs: Iterable[Pair], put: Mapping[Pair, Put] | None = None) -> None:
    """Make these the pairs of the scenario. Those that were so before stay with all that is known of them, and those
    that were sent stay too.
    """
    wanted, given = set(pairs), put or {}
    staying = [pair for pair in bench.pairs if pair in wanted and pair not in given]
    kept = [bench.standing[mentee] for mentee, _mentor in staying]
    gone = {pair.pk for pair in (*bench.standing.values(), *bench.fallen)} - {pair.pk for pair in kept}
    row.pairs.filter(pk__in=gone).delete()
    for (mentee, mentor), stored in zip(staying, kept, strict=True):
        stored.score = bench.score(mentee, mentor)
    ScenarioPair.objects.bulk_update(kept, ["score"])
    new = [_new_pair(row, bench, pair, given.get(pair)) for pair in sorted(wanted - {*staying})]
    ScenarioPair.objects.bulk_create(new)
    sent = [pair for pair in bench.stored if pair.pk not in gone and pair not in kept]
    keep_figures(row, bench.with_pairs([*kept, *new, *sent]))


def keep_figures(row: Scenario, bench: Bench) -> None:
    """Write down what is to be said of the pairs as they stand."""
    found = figures_of(bench, Aim(row.aim), Filling(row.filling))
    row.served, row.total, row.worst = found.served, found.total, found.worst
    row.bound, row.blocking = found.bound, found.blocking
    row.save(update_fields=("served", "total", "worst", "bound", "blocking"))


def _new_pair(row: Scenario, bench: Bench, pair: Pair, put: Put | None) -> ScenarioPair:
    stored = ScenarioPair(
        scenario=row,
        mentee_id=bench.table.mentees[pair[0]].key,
        mentor_id=bench.table.mentors[pair[1]].key,
        score=bench.score(*pair),
    )
    if put:
        stored.is_locked, stored.lifted, stored.reason, stored.put_by = True, list(put.lifted), put.reason, put.by
    return stored
