"""A person's card: what the register knows of him, made ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from participants.models import (
    LIVE_CONSENTS,
    TAKING_PART,
    Area,
    Consent,
    ConsentPurpose,
    ConsentState,
    Enrolment,
    EnrolmentState,
    Guardianship,
    Person,
    PersonKind,
    Side,
)
from participants.register.history import Step, histories_of
from participants.register.hours import in_words
from participants.register.mentors import STATE_TONES, next_step
from participants.register.preparation import Preparation, preparations_of
from participants.register.profile import ages_in_words
from participants.register.standing import TONES, Standing, standing_of
from roadmap.models import Cycle

OWN_PURPOSES = {Side.MENTEE: ConsentPurpose.PROCESSING, Side.MENTOR: ConsentPurpose.MENTOR}


@dataclass(frozen=True, slots=True)
class Part:
    """One part in a year; `is_told` while its consent lets be shown what follows it.

    `labour` is the consent of an employee who mentors an employee (Labour Code art. 351.8) where `needs_labour`.
    """

    row: Enrolment
    is_on: bool
    is_told: bool
    is_unfilled: bool
    tone: str
    hours: str
    ages: str
    areas: tuple[Area, ...]
    preparation: Preparation
    needs_labour: bool
    labour: Consent | None
    history: tuple[Step, ...]
    step: str

    @property
    def is_mentor(self) -> bool:
        return self.row.side == Side.MENTOR

    @property
    def may_be_ready(self) -> bool:
        """Whether the curator may give his word now."""
        return self.is_mentor and self.row.state in {EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED}

    @property
    def has_results(self) -> bool:
        return bool(self.row.results or self.row.case_url or self.row.is_passed is not None)


@dataclass(frozen=True, slots=True)
class Asked:
    """One consent, the day of the asking by the school's clock, and the colour of the state."""

    row: Consent
    asked_on: date
    tone: str
    is_to_be_checked: bool


@dataclass(frozen=True, slots=True)
class Card:
    """All of a card; `step` is the next thing to be done: enrol, guardian, ask, check, fill, interview, word, or none.

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
    def may_ask_publication(self) -> bool:
        """Whether somebody who takes part was not asked what may be shown, or his answer has ended."""
        live = {asked.row.purpose for asked in self.consents if asked.row.state in LIVE_CONSENTS}
        return bool(self.now) and ConsentPurpose.DISSEMINATION not in live

    @property
    def to_be_checked(self) -> Consent | None:
        return next((asked.row for asked in self.consents if asked.is_to_be_checked), None)

    @property
    def unfilled(self) -> Enrolment | None:
        return next((part.row for part in self.parts if part.is_unfilled), None)

    @property
    def preparing(self) -> Enrolment | None:
        """The part whose interview or word is the next thing to be done."""
        return next((part.row for part in self.parts if part.step in {"interview", "word"}), None)

    @property
    def now(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_on)

    @property
    def before(self) -> tuple[Part, ...]:
        """The parts that are over."""
        return tuple(part for part in self.parts if not part.is_on)


def card_of(person: Person, today: date, cycle: Cycle | None) -> Card:
    """The card as of today; `cycle` is the year in which a part is looked for."""
    standing = standing_of(person, today)
    guardians = tuple(person.guardianships.select_related("guardian"))
    consents = tuple(_asked(row, person.school.zone) for row in person.consents.select_related("guardian"))
    parts = _parts(person, consents, today)
    is_minor = person.is_minor_on(today)
    is_labour_wanting = any(part.needs_labour and part.labour is None for part in parts)
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
            parts,
            is_wanting=is_labour_wanting or _is_own_wanting(parts, consents),
            takes_part=takes_part,
            can_be_asked=bool(guardians) or not is_minor,
        ),
    )


def _step(
    standing: Standing, parts: tuple[Part, ...], *, is_wanting: bool, takes_part: bool, can_be_asked: bool
) -> str:
    if standing == Standing.SENT:
        return "check"
    if not takes_part and standing != Standing.WITHDRAWN:
        return "enrol"
    if is_wanting and can_be_asked:
        return "ask"
    if standing == Standing.IN_FORCE:
        steps = {part.step for part in parts} | {"fill" for part in parts if part.is_unfilled}
        return next((step for step in ("fill", "interview", "word") if step in steps), "")
    if standing in {Standing.ASKED, Standing.RETURNED, Standing.ACCEPTED, Standing.CONTESTED}:
        return ""
    return "ask" if can_be_asked else "guardian"


def _is_own_wanting(parts: tuple[Part, ...], consents: tuple[Asked, ...]) -> bool:
    """Whether a part rests on a consent that was not asked for: a mentee's does not do for a mentor."""
    live = {asked.row.purpose for asked in consents if asked.row.state in LIVE_CONSENTS}
    sides = {Side(part.row.side) for part in parts if part.is_on and not part.is_told}
    return any(OWN_PURPOSES[side] not in live for side in sides)


def _asked(row: Consent, zone: ZoneInfo) -> Asked:
    tone = "mute" if row.state == ConsentState.CANCELLED else TONES[Standing(row.state)]
    return Asked(row, timezone.localdate(row.asked_at, zone), tone, row.state == ConsentState.SENT)


def _parts(person: Person, consents: tuple[Asked, ...], today: date) -> tuple[Part, ...]:
    """The parts of all years, the newest first, in a fixed number of queries."""
    found = person.enrolments.select_related("form", "role_model", "cycle").prefetch_related("areas")
    rows = list(found.order_by("-cycle__year", "side", "pk"))
    told = set(Enrolment.objects.consented(today).filter(person=person).values_list("pk", flat=True))
    mentors = [row for row in rows if row.side == Side.MENTOR and row.pk in told]
    preparations = preparations_of(mentors, today) if mentors else {}
    histories = histories_of(rows, person.school) if rows else {}
    labour = next(
        (one.row for one in consents if one.row.purpose == ConsentPurpose.LABOUR and one.row.state in LIVE_CONSENTS),
        None,
    )
    return tuple(
        _part(
            row,
            is_told=row.pk in told,
            preparation=preparations.get(row.pk, Preparation()),
            labour=labour,
            history=histories.get(row.pk, ()),
        )
        for row in rows
    )


def _part(
    row: Enrolment, *, is_told: bool, preparation: Preparation, labour: Consent | None, history: tuple[Step, ...]
) -> Part:
    is_on = row.state in TAKING_PART
    is_mentor = row.side == Side.MENTOR
    # As `NEEDS_LABOUR_CONSENT` has it, of the rows at hand.
    needs_labour = is_on and is_mentor and row.person.kind == PersonKind.TEACHER and row.form.is_of_employees
    is_calm = not is_mentor and row.state == EnrolmentState.ENROLLED
    return Part(
        row=row,
        is_on=is_on,
        is_told=is_told,
        is_unfilled=is_on and is_told and row.filled_at is None,
        tone="" if is_calm else STATE_TONES[EnrolmentState(row.state)],
        hours=in_words(row.available) if is_told else "",
        ages=ages_in_words(row.wanted_age_from, row.wanted_age_to) if is_told else "",
        areas=tuple(row.areas.all()) if is_told else (),
        preparation=preparation,
        needs_labour=needs_labour,
        labour=labour if needs_labour else None,
        history=history,
        step=next_step(row, preparation, is_consented=is_told) if is_mentor else "",
    )
