"""A person's card: what the register knows of him, made ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from participants.models import (
    LIVE_CONSENTS,
    TAKING_PART,
    Consent,
    ConsentPurpose,
    ConsentState,
    Enrolment,
    Guardianship,
    Person,
    PersonKind,
    Side,
)
from participants.register.hours import in_words
from participants.register.standing import TONES, Standing, standing_of
from roadmap.models import Cycle


@dataclass(frozen=True, slots=True)
class Part:
    """One part in a year; `profile` are its filled lines where the consent lets them be shown."""

    row: Enrolment
    is_on: bool
    is_unfilled: bool
    hours: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One consent, the day of the asking by the school's clock, and the colour of the state."""

    row: Consent
    asked_on: date
    tone: str
    is_to_be_checked: bool


@dataclass(frozen=True, slots=True)
class Card:
    """All of a card; `step` is the next thing to be done: enrol, guardian, ask, check, fill, or none.

    `is_labour_wanting`: an employee mentors an employee and was not asked for the consent of the Labour Code.
    """

    standing: Standing
    tone: str
    is_minor: bool
    guardians: tuple[Guardianship, ...]
    consents: tuple[Asked, ...]
    parts: tuple[Part, ...]
    is_labour_wanting: bool
    step: str

    @property
    def is_cleared(self) -> bool:
        return self.standing == Standing.IN_FORCE

    @property
    def is_awaited(self) -> bool:
        """Whether somebody still has a form to sign, which a slip can lead to."""
        return any(asked.row.state in {ConsentState.ASKED, ConsentState.RETURNED} for asked in self.consents)

    @property
    def to_be_checked(self) -> Consent | None:
        return next((asked.row for asked in self.consents if asked.is_to_be_checked), None)

    @property
    def unfilled(self) -> Enrolment | None:
        return next((part.row for part in self.parts if part.is_unfilled), None)


def card_of(person: Person, today: date, cycle: Cycle | None) -> Card:
    """The card as of today; `cycle` is the year in which a part is looked for."""
    standing = standing_of(person, today)
    guardians = tuple(person.guardianships.select_related("guardian"))
    consents = tuple(_asked(row, person.school.zone) for row in person.consents.select_related("guardian"))
    rows = person.enrolments.select_related("form", "role_model", "cycle").order_by("-cycle__year", "side", "pk")
    parts = tuple(_part(row, is_cleared=standing == Standing.IN_FORCE) for row in rows)
    is_minor = person.is_minor_on(today)
    is_labour_wanting = _needs_labour(person, parts) and not any(
        asked.row.purpose == ConsentPurpose.LABOUR and asked.row.state in LIVE_CONSENTS for asked in consents
    )
    takes_part = any(part.is_on and part.row.cycle_id == (cycle.pk if cycle else 0) for part in parts)
    return Card(
        standing=standing,
        tone=TONES[standing],
        is_minor=is_minor,
        guardians=guardians,
        consents=consents,
        parts=parts,
        is_labour_wanting=is_labour_wanting,
        step=_step(
            standing,
            is_labour_wanting=is_labour_wanting,
            takes_part=takes_part,
            can_be_asked=bool(guardians) or not is_minor,
            is_filled=not any(part.is_unfilled for part in parts),
        ),
    )


def _needs_labour(person: Person, parts: tuple[Part, ...]) -> bool:
    """As `NEEDS_LABOUR_CONSENT` has it, of the rows at hand."""
    mentors = (part.row for part in parts if part.is_on and part.row.side == Side.MENTOR)
    return person.kind == PersonKind.TEACHER and any(row.form.is_of_employees for row in mentors)


def _step(standing: Standing, *, is_labour_wanting: bool, takes_part: bool, can_be_asked: bool, is_filled: bool) -> str:
    if standing == Standing.SENT:
        return "check"
    if not takes_part and standing != Standing.WITHDRAWN:
        return "enrol"
    if is_labour_wanting and standing != Standing.WITHDRAWN:
        return "ask"
    if standing == Standing.IN_FORCE:
        return "" if is_filled else "fill"
    if standing in {Standing.ASKED, Standing.RETURNED}:
        return ""
    return "ask" if can_be_asked else "guardian"


def _asked(row: Consent, zone: ZoneInfo) -> Asked:
    tone = "mute" if row.state == ConsentState.CANCELLED else TONES[Standing(row.state)]
    return Asked(row, timezone.localdate(row.asked_at, zone), tone, row.state == ConsentState.SENT)


def _part(row: Enrolment, *, is_cleared: bool) -> Part:
    is_on = row.state in TAKING_PART
    return Part(
        row=row,
        is_on=is_on,
        is_unfilled=is_on and is_cleared and row.filled_at is None,
        hours=in_words(row.available) if is_cleared else "",
    )
