"""The board of pairs: who has no mentor yet, what was proposed, what was decided; read for one page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.russian import search_key
from pairing.hours import common_hours, hours_in_words
from pairing.lifted import rules_in_words
from pairing.models import OPEN_MATCHES, Agreement, ApprovalRule, Match, MatchState, MentorshipState, Place
from pairing.objecting import Weighed, weigh_mentors
from pairing.parties import read_parties
from pairing.rules import LIFTABLE, Party, Rule, against_pair, against_party
from participants.models import Enrolment, Side
from participants.models.enrolment import EnrolmentQuerySet

UNPAIRED = "unpaired"
GROUPS = (UNPAIRED, MatchState.PROPOSED, MatchState.RETURNED, MatchState.APPROVED, MatchState.IN_FORCE)

SIDES = ("mentee__person", "mentee__form", "mentor__person", "mentor__form", "proposed_by", "school")
"""What has to be read with a match before it is shown."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One side as a page shows it; `words` are the request or the competences, kept back without a consent."""

    pk: int
    person: int
    name: str
    place: str
    words: str
    form: str
    hours: str
    taken: int
    places: int
    against: tuple[str, ...]

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says to the pair: its name, the state of the agreement and that in words."""

    pk: int
    name: str
    state: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One pair as a page shows it; `against` says what has come to speak against it.

    `score` and `reasons`, points and a sentence each, are those it was sent with; none where a hand proposed it.
    """

    pk: int
    state: str
    mentee: PersonLine
    mentor: PersonLine
    common: str
    note: str
    decision_note: str
    proposer: str
    proposed_on: date
    against: tuple[str, ...]
    score: int | None
    reasons: tuple[dict[str, Any], ...]
    lifted: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who may be proposed to a mentee, or in words why not; `yields` is what a written reason overcomes.

    `score` is of a hundred points, `why` says in a line what they are for.
    """

    mentor: PersonLine
    common: str
    hours_together: int
    against: tuple[str, ...]
    yields: tuple[str, ...]
    score: int
    why: str


def years_of(actor: Actor) -> list[int]:
    """The academic years in which anyone of the school takes part, the newest first."""
    rows = Enrolment.objects.visible_to(actor).order_by("-cycle__year")
    return list(rows.values_list("cycle__year", flat=True).distinct())


def newest_year(actor: Actor) -> int:
    """The newest academic year in which anyone of the school takes part; 0 where nobody does."""
    return Enrolment.objects.visible_to(actor).aggregate(year=Max("cycle__year"))["year"] or 0


def mentees_of(actor: Actor, year: int) -> EnrolmentQuerySet:
    """Those who are to have a mentor in this year."""
    return Enrolment.objects.visible_to(actor).enrolled().filter(side=Side.MENTEE, cycle__year=year)


def kept_places() -> QuerySet[Place]:
    """The places that stand, and those that lasted until their mentorship was finished as it was meant to."""
    finished = Q(mentorship__state=MentorshipState.FINISHED, left_on__gte=F("mentorship__ended_on"))
    return Place.objects.filter(Q(left_on=None) | finished)


def has_mentor() -> Q:
    """Whether a mentee has an approved mentor, or one by an order."""
    approved = Match.objects.filter(mentee=OuterRef("pk"), state=MatchState.APPROVED)
    return Q(Exists(approved) | Exists(kept_places().filter(mentee=OuterRef("pk"))))


def without_mentor(mentees: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those of them who are in no open match, and in no mentorship or out of one before its end."""
    proposed = Match.objects.filter(mentee=OuterRef("pk"), state__in=OPEN_MATCHES)
    return mentees.filter(~Exists(proposed), ~Exists(kept_places().filter(mentee=OuterRef("pk"))))


def matches_of(actor: Actor, year: int) -> QuerySet[Match]:
    """The pairs of this year: the open ones, and by order those that were not ended early."""
    kept = kept_places().filter(match=OuterRef("pk"))
    rows = Match.objects.visible_to(actor).filter(mentee__cycle__year=year)
    return rows.filter(Q(state__in=OPEN_MATCHES) | Exists(kept))


def to_decide(actor: Actor) -> QuerySet[Match]:
    """The pairs that wait for this administrator: not those he proposed himself, unless the school lets him."""
    single = ApprovalRule.objects.filter(school=OuterRef("school"), is_single=True)
    others = Match.objects.visible_to(actor).filter(state=MatchState.PROPOSED)
    return others.exclude(~Exists(single), proposed_by=actor.user_id)


def counts_of(actor: Actor, year: int) -> dict[str, int]:
    """How many there are in each group of the board."""
    found = dict(matches_of(actor, year).order_by().values_list("state").annotate(number=Count("pk")))
    found[UNPAIRED] = without_mentor(mentees_of(actor, year)).count()
    return {group: found.get(group, 0) for group in GROUPS}


def found_people(rows: QuerySet[Enrolment], words: str, form: int | None) -> QuerySet[Enrolment]:
    """Those whose name, class or post hold every word."""
    for word in search_key(words).split():
        rows = rows.filter(person__search_key__contains=word)
    return rows.filter(form=form) if form else rows


def found_matches(rows: QuerySet[Match], words: str, form: int | None) -> QuerySet[Match]:
    """Those of which either side holds every word."""
    for word in search_key(words).split():
        rows = rows.filter(mentee__person__search_key__contains=word) | rows.filter(
            mentor__person__search_key__contains=word
        )
    return rows.filter(mentee__form=form) if form else rows


def person_lines(enrolments: Iterable[Enrolment], today: date) -> list[PersonLine]:
    """Each with what speaks against pairing him now; `person` and `form` should have been read with them."""
    rows = list(enrolments)
    parties = read_parties(rows, today)
    return [_line(row, parties[row.pk], against_party(parties[row.pk])) for row in rows]


def match_lines(matches: Iterable[Match], today: date) -> list[MatchLine]:
    """Each with what has come to speak against it; `SIDES` should have been read with them."""
    rows = list(matches)
    parties = read_parties((side for row in rows for side in (row.mentor, row.mentee)), today)
    said = _answers(rows)
    return [_match_line(row, parties[row.mentor_id], parties[row.mentee_id], said.get(row.pk, ())) for row in rows]


def candidates_for(mentee: Enrolment, mentors: Iterable[Enrolment], today: date) -> list[Candidate]:
    """The mentors, first those who may be proposed, of them first against whom no rule speaks, then by the score."""
    rows = list(mentors)
    parties, weighed = read_parties(rows, today), weigh_mentors(mentee, rows, today)
    found = [_candidate(mentee, row, parties[row.pk], weighed[row.pk]) for row in rows]
    return sorted(found, key=lambda row: (bool(row.against), bool(row.yields), -row.score, -row.hours_together))


def _candidate(mentee: Enrolment, mentor: Enrolment, party: Party, weighed: Weighed) -> Candidate:
    against = against_party(party)
    by_rule = {one.rule: one.words for one in weighed.objections}
    if Rule.SELF in by_rule:
        against = [_("this is the mentee's own self")]
    elif Rule.RELATIVE in by_rule:
        against = [_("the mentor is of the mentee's family")]
    yields = tuple(words for rule, words in by_rule.items() if rule in LIFTABLE)
    hours = common_hours(mentor.available, mentee.available)
    return Candidate(
        mentor=_line(mentor, party, against),
        common=hours_in_words(hours),
        hours_together=len(hours),
        against=tuple(against),
        yields=yields,
        score=weighed.score,
        why="; ".join(one.brief for one in weighed.reasons if one.points > 0 and one.brief),
    )


def _answers(matches: Iterable[Match]) -> dict[int, tuple[Answer, ...]]:
    """What each side said, the mentee's first, by match; one query."""
    found: dict[int, tuple[Answer, ...]] = {}
    rows = Agreement.objects.filter(match__in=[row.pk for row in matches if row.state in OPEN_MATCHES])
    for row in rows.select_related("enrolment__person"):
        said = Answer(row.pk, row.enrolment.person.short_name, row.state, row.get_state_display(), row.note)
        found[row.match_id] = (*found.get(row.match_id, ()), said)
    return found


def _match_line(row: Match, mentor: Party, mentee: Party, answers: tuple[Answer, ...]) -> MatchLine:
    is_open, is_cleared = row.state in OPEN_MATCHES, mentor.is_cleared and mentee.is_cleared
    return MatchLine(
        pk=row.pk,
        state=row.state,
        mentee=_line(row.mentee, mentee, ()),
        mentor=_line(row.mentor, mentor, ()),
        common=hours_in_words(common_hours(row.mentor.available, row.mentee.available)),
        note=row.note,
        decision_note=row.decision_note,
        proposer=row.proposed_by.short_name,
        proposed_on=timezone.localtime(row.proposed_at, row.school.zone).date(),
        against=tuple(against_pair(mentor, mentee, holds=True)) if is_open else (),
        score=row.score,
        reasons=tuple(row.reasons) if is_cleared else (),
        lifted=tuple(rules_in_words(row.lifted)),
        answers=answers,
    )


def _line(row: Enrolment, party: Party, against: Sequence[str]) -> PersonLine:
    words = row.competences if party.is_mentor else row.request
    return PersonLine(
        pk=row.pk,
        person=row.person_id,
        name=row.person.full_name,
        place=row.person.place,
        words=words if party.is_cleared else "",
        form=row.form.name,
        hours=hours_in_words(row.available),
        taken=party.taken,
        places=party.places,
        against=tuple(against),
    )
