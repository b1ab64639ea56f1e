"""A school's year in the demo, from the names in the register to the meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.actors import Actor
from core.models import User
from demo.names import Name
from demo.pairs import approved, met, ordered, proposed, returned
from demo.people import Part, asked, cleared, entered, sent, sent_back
from demo.plans import Wave, Year
from demo.preparation import NEWLY_TRAINED, away, finished, prepared
from pairing.models import Match
from pairing.services.mentorships import end_mentorship
from participants.models import Enrolment, Guardian, MentoringForm, Person, Side
from roadmap.models import Cycle, Programme

SILENT_WEEKS = 4
SIGNED = timedelta(weeks=8)
"""How long after its beginning the pairs of the year before were put in force."""
NEWCOMERS = 2
"""How many mentors of a year under way have no pair yet."""
Pairs = list[tuple[Enrolment, Enrolment]]
"""Mentors and mentees."""
PAIRED = ("order", "approved", "proposed", "returned")


@dataclass(frozen=True, slots=True)
class Cast:
    """Those of the demo who log in and are the first pair of their school; nobody where the plan names none."""

    mentor: User
    mentee: User
    guardian: User


@dataclass(slots=True)
class Filling:
    """What is needed to bring one school as far as its plans say."""

    programme: Programme
    curator: Actor
    head: Actor
    today: date
    names: Iterator[Name]
    cast: Cast | None = None
    count: int = field(default=0)
    guides: list[tuple[Enrolment, str]] = field(default_factory=list)
    """The mentors of the year being lived through, with how far their pairs have come."""

    def live_through(self, year: Year) -> None:
        """One form of mentoring in one school year."""
        cycle = cycle_of(self.programme, self.today, last_year=year.last_year)
        form = MentoringForm.objects.get(school=self.programme.school, name=year.form)
        mentees = Part(self.programme.school, cycle, form, year.mentees, Side.MENTEE, self.curator, self.today)
        mentors = replace(mentees, kind=year.mentors, side=Side.MENTOR)
        pairs: list[tuple[str, Pairs]] = []
        self.guides = []
        for wave in year.waves:
            enrolments = self._enter(mentees, wave)
            if wave.reached in PAIRED:
                pairs.append((wave.reached, self._brought_together(mentees, mentors, wave, enrolments)))
            else:
                self._stop_at(wave.reached, enrolments, mentees)
        if any(reached == "proposed" for reached, _two in pairs):
            self._newly_trained(mentors)
        if self.guides:
            prepared(self.guides, cycle=cycle, form=form, today=self.today, curator=self.curator)
        matches = [match for reached, two in pairs for match in self._paired(reached, two)]
        away(self.guides, curator=self.curator)
        if matches:
            self._meet(year, cycle, matches)

    def _enter(self, part: Part, wave: Wave) -> list[Enrolment]:
        user = self.cast.mentee if self.cast and wave.reached == "order" else None
        rows = []
        for _ in range(wave.size):
            rows.append(entered(part, self.count, next(self.names), user))
            self.count, user = self.count + 1, None
        return rows

    def _newly_trained(self, mentors: Part) -> None:
        """Mentors without a pair, for whom the curator's word is still to be given."""
        for _ in range(NEWCOMERS):
            row = entered(mentors, self.count, next(self.names), None)
            cleared(row, mentors, self.count)
            self.guides.append((row, NEWLY_TRAINED))
            self.count += 1

    def _stop_at(self, reached: str, enrolments: Sequence[Enrolment], part: Part) -> None:
        for place, enrolment in enumerate(enrolments):
            if reached == "cleared":
                cleared(enrolment, part, self.count + place)
            elif reached != "entered":
                {"asked": asked, "sent": sent, "back": sent_back}[reached](enrolment, part)

    def _brought_together(self, mentees: Part, mentors: Part, wave: Wave, enrolments: list[Enrolment]) -> Pairs:
        """A mentor for each of these mentees, all of them with their consents."""
        user = self.cast.mentor if self.cast and wave.reached == "order" else None
        begun, guides = self.count - wave.size, []
        for place in range(0, wave.size, wave.group):
            guides.append(entered(mentors, begun + place, next(self.names), user))
            user = None
        for place, enrolment in enumerate([*guides, *enrolments]):
            cleared(enrolment, mentors if place < len(guides) else mentees, begun + place)
        self.guides += [(guide, wave.reached) for guide in guides]
        if self.cast and wave.reached == "order":
            _tie(self.cast, guides[0].person, enrolments[0].person)
            self.cast = None
        return [(guides[place // wave.group], enrolment) for place, enrolment in enumerate(enrolments)]

    def _paired(self, reached: str, pairs: Pairs) -> list[Match]:
        """The matches that await an order's meetings; those short of it are left where they stand."""
        matches = proposed(pairs, self.curator)
        if reached in {"order", "approved"}:
            approved(matches, self.head)
        elif reached == "returned":
            returned(matches, self.head)
        return matches if reached == "order" else []

    def _meet(self, year: Year, cycle: Cycle, matches: list[Match]) -> None:
        ago = cycle.starts_on + SIGNED if year.last_year else self.today - timedelta(weeks=year.weeks)
        signed_on = max(ago, cycle.starts_on)
        last_day = max(cycle.ends_on, signed_on)
        mentorships = ordered(
            matches,
            cycle=cycle,
            number=year.order,
            signed_on=signed_on,
            last_day=last_day,
            curator=self.curator,
            head=self.head,
        )
        until = min(last_day, self.today - timedelta(days=1))
        loud = len(mentorships) - year.silent
        silence = until - timedelta(weeks=SILENT_WEEKS)
        met(
            mentorships,
            every=year.every,
            until=lambda count: until if count < loud else silence,
            curator=self.curator,
        )
        if last_day < self.today:
            for mentorship in mentorships:
                end_mentorship(mentorship=mentorship, finished=True, reason="", on=last_day, by=self.curator)
            sides = [guide for guide, _reached in self.guides] + [match.mentee for match in matches]
            finished(sides, kind=year.mentees, on=last_day, curator=self.curator)


def cycle_of(programme: Programme, today: date, *, last_year: bool) -> Cycle:
    """The year under way of a programme, or the one before it."""
    cycles = list(programme.cycles.select_related("programme__school").order_by("year"))
    begun = [place for place, cycle in enumerate(cycles) if cycle.starts_on <= today]
    return cycles[max((begun[-1] if begun else 0) - last_year, 0)]


def _tie(cast: Cast, mentor: Person, mentee: Person) -> None:
    """The people of the first pair are those who log in."""
    Person.objects.filter(pk=mentor.pk).update(user=cast.mentor)
    Person.objects.filter(pk=mentee.pk).update(user=cast.mentee)
    guardian = Guardian.objects.get(guardianships__minor=mentee)
    for name in ("surname", "given_name", "patronymic", "email"):
        setattr(guardian, name, getattr(cast.guardian, name))
    guardian.user = cast.guardian
    guardian.save()
