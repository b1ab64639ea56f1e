"""The two sides of a pair as the score and the rules see them: plain values, read once for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pairing.rules import Party

Persons = frozenset[int]
NOBODY: Persons = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One side. `key` is that of its enrolment, `areas` are names by key, `hours` are `weekday * 100 + hour`.

    `first_name` and `patronymic` are as one is called in the school, a pupil without the patronymic; `sex` is "f", "m"
    or unsaid. `chosen` gives the place, from 1, by the key of the enrolment that was chosen after the group meeting.
    Texts are empty for whom no consent is in force.
    """

    key: int
    party: Party
    first_name: str
    patronymic: str = ""
    sex: str = ""
    age: int | None = None
    class_name: str = ""
    place: str = ""
    role_model: int | None = None
    areas: Mapping[int, str] = field(default_factory=dict)
    interests: str = ""
    hours: frozenset[int] = frozenset()
    building: str = ""
    is_remote: bool = False
    chosen: Mapping[int, int] = field(default_factory=dict)

    @property
    def person(self) -> int:
        return self.party.person

    @property
    def name(self) -> str:
        """«Петров И. С.»"""
        return self.party.name


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeProfile(Profile):
    """Who is to have a mentor. `relatives`, `class_teachers` and `past` are persons who, as his mentors, would be kin,
    the teacher of his class, or one with whom it was refused or ended badly before; `notes` are the curator's, by the
    key of the mentor's enrolment: true speaks for the pair.
    """

    request: str = ""
    wanted_help: str = ""
    relatives: Persons = NOBODY
    class_teachers: Persons = NOBODY
    past: Persons = NOBODY
    notes: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorProfile(Profile):
    """Who can take mentees. The wanted ages are whole years; `experience` is how many mentorships he has finished."""

    competences: str = ""
    achievements: str = ""
    wanted_age_from: int | None = None
    wanted_age_to: int | None = None
    experience: int = 0
    is_ready: bool = True

    @property
    def has_wish(self) -> bool:
        return self.wanted_age_from is not None or self.wanted_age_to is not None

    def would_like(self, age: int) -> bool:
        """Whether someone of this age is one he would like to work with; without a wish everyone is."""
        return (self.wanted_age_from or 0) <= age and (self.wanted_age_to is None or age <= self.wanted_age_to)
