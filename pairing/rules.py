"""Who may be paired with whom, and in words why not. Plain values in, sentences out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


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


def against_party(party: Party, *, holds: bool = False) -> list[str]:
    """What speaks against this side, each in a few words; `holds` where the match in question has its place already.

    No pair without the consents of both sides (152-FZ art. 9; Labour Code art. 351.8).
    """
    found = []
    if party.is_refused:
        found.append(_("was not admitted after the interview"))
    elif not party.is_enrolled:
        found.append(_("takes part no longer"))
    elif party.is_paused:
        found.append(_("pauses now"))
    if not party.has_processing_consent:
        found.append(_("the consent to the processing of personal data is not in force"))
    if not party.has_labour_consent:
        found.append(_("the consent to mentor an employee (Labour Code 351.8) is not in force"))
    if not party.is_filled:
        found.append(
            _("it is not written down yet how many mentees are taken")
            if party.is_mentor
            else _("the request is not written down yet")
        )
    elif party.taken > party.places or (party.taken == party.places and not holds):
        found.append(_no_place(party))
    return found


def against_pair(mentor: Party, mentee: Party, *, holds: bool = False) -> list[str]:
    """What speaks against this pair, each a sentence that names whom it is about; nothing where it may be."""
    return [*_mismatch(mentor, mentee), *_named(mentor, holds), *_named(mentee, holds)]


def _mismatch(mentor: Party, mentee: Party) -> Iterator[str]:
    if (mentor.is_mentor, mentee.is_mentor) != (True, False):
        yield _("A pair is made of a mentor and a mentee.")
    if mentor.person == mentee.person:
        yield _("Nobody can be his own mentor.")
    if mentor.cycle != mentee.cycle:
        yield _("These two take part in different years or programmes.")
    elif mentor.form != mentee.form:
        yield _("These two take part in different forms of mentoring.")


def _named(party: Party, holds: bool) -> Iterator[str]:
    why = "; ".join(against_party(party, holds=holds))
    if why:
        yield _("%(name)s: %(why)s.") % {"name": party.name, "why": why}


def _no_place(party: Party) -> str:
    if party.is_mentor:
        return _("no free place: %(taken)s of %(places)s taken") % {"taken": party.taken, "places": party.places}
    return _("has a mentor in this form already") if party.standing else _("a mentor is proposed already")
