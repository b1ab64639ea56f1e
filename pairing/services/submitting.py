"""Sending the pairs of a scenario to the administrator, with the protocol of the computation they came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.journal import record_event
from pairing.models import Match, Scenario, ScenarioPair, Submission
from pairing.protocol import digest_of, protocol_of
from pairing.scenes.bench import Bench
from pairing.scoring import reasons_for
from pairing.services.agreements import ask_sides
from pairing.services.matches import lock_enrolments
from pairing.services.scenario_rows import ScenarioRefused, bench_today, lock_unchanged, raise_version
from participants.services.asking import lock_people

NOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a sending: the matches that wait for the administrator now, and how many pairs could not go."""

    submission: Submission
    matches: tuple[Match, ...]
    left: int


def send_scenario(
    *, scenario: Scenario, seen_version: int, mentees: Collection[int], note: str, asks: bool, by: Actor
) -> Sent:
    """Send the pairs of these mentees, by the keys of their parts, for approval; `asks` where both sides are asked too.

    A pair goes as it was seen or not at all: what has come to speak against it since keeps it back. Raises
    ScenarioRefused where nothing is left to send.
    """
    assert by.user
    with transaction.atomic():
        chosen = ScenarioPair.objects.filter(scenario=scenario, mentee__in=mentees).values_list("mentor", "mentee")
        sides = lock_enrolments({key for pair in chosen for key in pair})
        if asks:
            lock_people(side.person_id for side in sides.values())
        row = lock_unchanged(scenario, seen_version)
        bench = bench_today(row)
        pairs = {place: pair for place, pair in bench.standing.items() if pair.mentee_id in mentees}
        if not pairs:
            raise ScenarioRefused(_("None of these pairs can be sent any more. Look at the scenario as it is now."))
        submission = _submit(row, bench, pairs.values(), note.strip()[:NOTE_LENGTH], by)
        matches = [_match(bench, place, pair, submission, by) for place, pair in sorted(pairs.items())]
        Match.objects.bulk_create(matches)
        raise_version(row)
        _journal(submission, matches, by)
        if asks:
            ask_sides(matches=matches, by=by)
    return Sent(submission, tuple(matches), len({*mentees}) - len(matches))


def _submit(row: Scenario, bench: Bench, pairs: Iterable[ScenarioPair], note: str, by: Actor) -> Submission:
    assert by.user
    return Submission.objects.create(
        school=row.school,
        cycle=row.cycle,
        form=row.form,
        scenario=row,
        note=note,
        protocol=protocol_of(row, bench, pairs),
        sent_by=by.user,
    )


def _match(bench: Bench, place: int, pair: ScenarioPair, submission: Submission, by: Actor) -> Match:
    assert by.user
    reasons = reasons_for(bench.table, place, bench.columns[pair.mentor_id])
    return Match(
        school=submission.school,
        mentor_id=pair.mentor_id,
        mentee_id=pair.mentee_id,
        note=pair.reason,
        submission=submission,
        score=bench.score(place, bench.columns[pair.mentor_id]),
        reasons=[reason.as_json() for reason in reasons],
        lifted=pair.lifted,
        proposed_by=by.user,
    )


def _journal(submission: Submission, matches: Iterable[Match], by: Actor) -> None:
    """The digest of the protocol stands in the chain, so that what was sent can be told from what is said later."""
    detail: dict[str, object] = {
        "matches": [row.pk for row in matches],
        "protocol": digest_of(submission.protocol),
        "scenario": submission.scenario_id,
    }
    record_event(verb="send", thing=submission, school=submission.school, detail=detail, by=by)
