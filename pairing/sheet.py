"""The protocol of a computation in words, for the page, the paper and the last look before sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from pairing.board import SIDES, MatchLine, match_lines
from pairing.lifted import rules_in_words
from pairing.models import GroupFilling, MatchState, Scenario, ScenarioAim, Submission
from pairing.scenes.bench import Bench, read_bench
from pairing.scoring import PARTS, Tone, part_title, reasons_for
from participants.models import Enrolment


@dataclass(frozen=True, slots=True)
class Sendable:
    """A pair of a scenario that can be sent; `mentee` is the key of the mentee's part."""

    mentee: int
    mentee_name: str
    mentee_place: str
    mentor_name: str
    mentor_place: str
    score: int
    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    lifted: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One pair of the protocol, what was decided on it and by whom; `lifted_by` let it go against a rule."""

    line: MatchLine
    state: str
    decided: str
    lifted_by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`facts` are labels with values, `weights` parts with their weights; `apart` are pairs kept apart, and by whom."""

    solved_at: datetime
    facts: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, int], ...]
    rules: tuple[str, ...]
    bound: str
    rows: tuple[Decided, ...]
    apart: tuple[str, ...]
    data: str

    @property
    def is_decided(self) -> bool:
        """Whether nothing waits any more."""
        return all(row.line.state != MatchState.PROPOSED for row in self.rows)


def sendable_pairs(scenario: Scenario, today: date) -> list[Sendable]:
    """The standing pairs of the scenario, by the mentee's name."""
    bench = read_bench(scenario, today)
    found = [_sendable(bench, place) for place in bench.standing]
    return sorted(found, key=lambda row: row.mentee_name)


def sheet_of(submission: Submission, today: date) -> Sheet:
    """The protocol as it was frozen, with the names as they are now and the decisions on its pairs."""
    told: Mapping[str, Any] = submission.protocol
    zone = submission.school.zone
    return Sheet(
        solved_at=timezone.localtime(datetime.fromisoformat(told["solved_at"]), zone) if told else submission.sent_at,
        facts=tuple(_facts(told)),
        weights=tuple((part_title(part), told["weights"].get(str(part), 0)) for part in PARTS) if told else (),
        rules=tuple(_rules(told["rules"])) if told else (),
        bound=_bound(told["result"]) if told else "",
        rows=tuple(_decided(submission, told, today)),
        apart=tuple(_apart(told.get("apart", ()), today)),
        data=told.get("data", ""),
    )


def _sendable(bench: Bench, place: int) -> Sendable:
    pair = bench.standing[place]
    column = bench.columns[pair.mentor_id]
    mentee, mentor = bench.table.mentees[place], bench.table.mentors[column]
    reasons = [reason for reason in reasons_for(bench.table, place, column) if reason.brief]
    return Sendable(
        mentee=pair.mentee_id,
        mentee_name=mentee.name,
        mentee_place=mentee.place,
        mentor_name=mentor.name,
        mentor_place=mentor.place,
        score=bench.score(place, column),
        in_favour=tuple(reason.brief for reason in reasons if reason.tone is not Tone.AGAINST),
        against=tuple(reason.brief for reason in reasons if reason.tone is Tone.AGAINST),
        lifted=tuple(rules_in_words(pair.lifted)),
        reason=pair.reason,
    )


def _facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not told:
        return []
    result = told["result"]
    return [
        (_("What came first"), str(ScenarioAim(told["aim"]).label)),
        (_("How groups are filled"), str(GroupFilling(told["filling"]).label)),
        (_("Mentees considered"), str(told["mentees"])),
        (_("Mentors considered, and their free places"), f"{told['mentors']}, {told['places']}"),
        (_("Mentees with a mentor"), str(result["served"])),
        (_("Sum of points"), str(result["total"])),
        (_("Weakest pair, points"), "–" if result["worst"] is None else str(result["worst"])),
        (_("Pairs that both would rather swap"), str(result["blocking"])),
    ]


def _rules(rules: Mapping[str, Any]) -> list[str]:
    """The rules a school may choose; the others always hold."""
    found = []
    if rules["wants_ready"]:
        found.append(_("a mentor has passed the interview and the training"))
    if rules["bars_class_teacher"]:
        found.append(_("a class teacher is no mentor of a pupil of the class"))
    if rules["least_age_gap"]:
        words = ngettext(
            "the mentor is older by %(n)s year at least",
            "the mentor is older by %(n)s years at least",
            rules["least_age_gap"],
        )
        found.append(words % {"n": rules["least_age_gap"]})
    return found


def _bound(result: Mapping[str, Any]) -> str:
    if result["bound"] is None:
        return _("That nothing better is possible was not proved: pairs were moved by hand, or the weakest came first.")
    if round(result["bound"]) <= result["total"]:
        return _("It is proved that no other pairs of as many mentees have a higher sum.")
    return _("It is proved that the sum of as many pairs can not be more than %(bound)s.") % {
        "bound": round(result["bound"])
    }


def _decided(submission: Submission, told: Mapping[str, Any], today: date) -> list[Decided]:
    rows = list(submission.matches.order_by("mentee__person__sort_key", "pk").select_related(*SIDES, "decided_by"))
    lifters = {pair["mentee"]: pair["lifted_by"] for pair in told.get("pairs", ()) if pair["lifted"]}
    names = {user.pk: user.short_name for user in User.objects.filter(pk__in=lifters.values())}
    zone = submission.school.zone
    found = []
    for row, line in zip(rows, match_lines(rows, today), strict=True):
        when = timezone.localtime(row.decided_at, zone).strftime("%d.%m.%Y") if row.decided_at else ""
        decided = f"{when}, {row.decided_by.short_name}" if row.decided_by else ""
        lifter = names.get(lifters.get(row.mentee_id, 0), "")
        found.append(Decided(line, row.get_state_display(), decided, lifter))
    return found


def _apart(bans: Sequence[Mapping[str, int]], today: date) -> list[str]:
    """Those kept apart, where the consents of both are in force."""
    keys = {ban[side] for ban in bans for side in ("mentee", "mentor")}
    cleared = Enrolment.objects.cleared(today).filter(pk__in=keys).select_related("person")
    people = {row.pk: row.person.short_name for row in cleared}
    users = {user.pk: user.short_name for user in User.objects.filter(pk__in={ban["by"] for ban in bans})}
    words = _("%(mentee)s and %(mentor)s, kept apart by %(user)s")
    return [
        words % {"mentee": people[ban["mentee"]], "mentor": people[ban["mentor"]], "user": users.get(ban["by"], "–")}
        for ban in bans
        if ban["mentee"] in people and ban["mentor"] in people
    ]
