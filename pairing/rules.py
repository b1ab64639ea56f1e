"""Who may be paired with whom, and in words why not. Plain values in, sentences out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Rule(StrEnum):
    """The hard rules. No pair is made against one of them, save by a person who may lift it and writes why."""

    FORM = "form"
    SELF = "self"
    RELATIVE = "relative"
    PRESENT = "present"
    CONSENT = "consent"
    FILLED = "filled"
    PLACE = "place"
    TAKEN = "taken"
    STATUS = "status"
    ROLE_MODEL = "role_model"
    AGE = "age"
    AGE_GAP = "age_gap"
    HOURS = "hours"
    CLASS_TEACHER = "class_teacher"
    PAST = "past"


LIFTABLE = frozenset({Rule.STATUS, Rule.ROLE_MODEL, Rule.AGE, Rule.AGE_GAP, Rule.HOURS, Rule.CLASS_TEACHER, Rule.PAST})
"""Those that yield to a written reason."""


@dataclass(frozen=True, slots=True)
class FormRules:
    """What a school has decided about pairs of one form; `least_age_gap` is whole years the mentor is older by."""

    wants_ready: bool = True
    bars_class_teacher: bool = False
    least_age_gap: int | None = None


DEFAULT_RULES = FormRules()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that a side or a pair does not keep, and that in words."""

    rule: Rule
    words: str


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a match as the rules see it: a person's part in one cycle and form.

    `places` is how many pairs it may stand in, one for a mentee; `proposed` and `standing` count those it stands in
    by an open match and by an order. `has_labour_consent` is true for whom none is needed. Who pauses is enrolled;
    who was not admitted after the interview is not.
    """

    person: int
    name: str
    cycle: int
    form: int
    is_mentor: bool
    is_enrolled: bool
    is_paused: bool
    is_refused: bool
    has_processing_consent: bool
    has_labour_consent: bool
    is_filled: bool
    places: int
    proposed: int
    standing: int

    @property
    def is_cleared(self) -> bool:
        """Whether every consent it needs is in force."""
        return self.has_processing_consent and self.has_labour_consent

    @property
    def taken(self) -> int:
        return self.proposed + self.standing

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)


def refusals_of(party: Party, *, holds: bool = False) -> list[Refusal]:
    """The rules this side does not keep, whoever the other is, each in a few words.

    `holds` where the match in question has its place already. No pair without the consents of both sides (152-FZ
    art. 9; Labour Code art. 351.8).
    """
    return [*_absence(party), *_missing_consents(party), *_lack_of_room(party, holds)]


def against_party(party: Party, *, holds: bool = False) -> list[str]:
    """What speaks against this side, each in a few words."""
    return [refusal.words for refusal in refusals_of(party, holds=holds)]


def against_pair(mentor: Party, mentee: Party, *, holds: bool = False) -> list[str]:
    """What no reason lifts, each a sentence that names whom it is about; nothing where the two may be paired."""
    return [*(refusal.words for refusal in mismatch(mentor, mentee)), *_named(mentor, holds), *_named(mentee, holds)]


def mismatch(mentor: Party, mentee: Party) -> Iterator[Refusal]:
    """Why these two can make no pair, each a sentence."""
    if (mentor.is_mentor, mentee.is_mentor) != (True, False):
        yield Refusal(Rule.FORM, _("A pair is made of a mentor and a mentee."))
    if mentor.person == mentee.person:
        yield Refusal(Rule.SELF, _("Nobody can be his own mentor."))
    if mentor.cycle != mentee.cycle:
        yield Refusal(Rule.FORM, _("These two take part in different years or programmes."))
    elif mentor.form != mentee.form:
        yield Refusal(Rule.FORM, _("These two take part in different forms of mentoring."))


def _absence(party: Party) -> Iterator[Refusal]:
    if party.is_refused:
        yield Refusal(Rule.PRESENT, _("was not admitted after the interview"))
    elif not party.is_enrolled:
        yield Refusal(Rule.PRESENT, _("takes part no longer"))
    elif party.is_paused:
        yield Refusal(Rule.PRESENT, _("pauses now"))


def _missing_consents(party: Party) -> Iterator[Refusal]:
    if not party.has_processing_consent:
        yield Refusal(Rule.CONSENT, _("the consent to the processing of personal data is not in force"))
    if not party.has_labour_consent:
        yield Refusal(Rule.CONSENT, _("the consent to mentor an employee (Labour Code 351.8) is not in force"))


def _lack_of_room(party: Party, holds: bool) -> Iterator[Refusal]:
    if not party.is_filled:
        words = (
            _("it is not written down yet how many mentees are taken")
            if party.is_mentor
            else _("the request is not written down yet")
        )
        yield Refusal(Rule.FILLED, words)
    elif party.taken > party.places or (party.taken == party.places and not holds):
        yield Refusal(Rule.PLACE if party.is_mentor else Rule.TAKEN, _no_place(party))


def _named(party: Party, holds: bool) -> Iterator[str]:
    why = "; ".join(against_party(party, holds=holds))
    if why:
        yield _("%(name)s: %(why)s.") % {"name": party.name, "why": why}


def _no_place(party: Party) -> str:
    if party.is_mentor:
        return _("no free place: %(taken)s of %(places)s taken") % {"taken": party.taken, "places": party.places}
    return _("has a mentor in this form already") if party.standing else _("a mentor is proposed already")
