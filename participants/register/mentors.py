"""The mentors of a year as their preparation goes: found, counted, made ready for the page; and a training's own lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.navigation import Tab
from core.russian import search_key
from participants.models import TAKING_PART, Enrolment, EnrolmentState, Side, Training
from participants.models.enrolment import EnrolmentQuerySet
from participants.register.marks import Mark, mark_of
from participants.register.preparation import INTERVIEWED, TRAINED, Preparation, preparations_of, with_preparation
from roadmap.models import Cycle

PER_PAGE = 50
INTERVIEW, TRAINING, WORD = "interview", "training", "word"
_IN = Q(state__in=TAKING_PART)
WANTED = {
    "": _IN,
    INTERVIEW: _IN & ~INTERVIEWED,
    TRAINING: _IN & ~TRAINED,
    WORD: INTERVIEWED & TRAINED & Q(state__in=(EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED)),
    "ready": Q(state=EnrolmentState.READY),
    "paused": Q(state=EnrolmentState.PAUSED),
    "refused": Q(state=EnrolmentState.REFUSED),
}
"""What the list can be narrowed to, as a condition on rows `with_preparation`."""
LABELS = {
    "": gettext_lazy("All mentors"),
    INTERVIEW: gettext_lazy("Without an interview"),
    TRAINING: gettext_lazy("Not trained"),
    WORD: gettext_lazy("Your word is awaited"),
    "ready": pgettext_lazy("mentors", "Ready"),
    "paused": pgettext_lazy("mentors", "Pausing"),
    "refused": gettext_lazy("Not admitted"),
}
STATE_TONES = {
    EnrolmentState.ENROLLED: "warn",
    EnrolmentState.INTERVIEWED: "warn",
    EnrolmentState.READY: "",
    EnrolmentState.PAUSED: "mute",
    EnrolmentState.REFUSED: "bad",
    EnrolmentState.LEFT: "mute",
    EnrolmentState.FINISHED: "mute",
}
"""The colour of a mentor's state; a mentee who takes part has nothing to wait for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One mentor of the list. `step` is the next thing to be done: consent, profile, interview, training, word or none."""

    pk: int
    person: int
    name: str
    place: str
    form: str
    state: str
    tone: str
    is_consented: bool
    preparation: Preparation
    step: str


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mentor on the page of a training."""

    pk: int
    person: int
    name: str
    place: str
    form: str
    mark: Mark


def candidates_of(rows: EnrolmentQuerySet, cycle: Cycle | None, today: date) -> EnrolmentQuerySet:
    """The mentors of the cycle who take part or were not admitted, with their preparation."""
    states = (*TAKING_PART, EnrolmentState.REFUSED)
    return with_preparation(rows.filter(cycle=cycle, side=Side.MENTOR, state__in=states), today)


def counts_of(rows: EnrolmentQuerySet) -> dict[str, int]:
    """How many there are in each part of the list."""
    counted: dict[str, int] = rows.order_by().aggregate(
        **{f"in_{key}": Count("pk", filter=wanted, distinct=True) for key, wanted in WANTED.items()}
    )
    return {key: counted[f"in_{key}"] for key in WANTED}


def tabs_of(counts: Mapping[str, int], tab: str, cycle: str) -> list[Tab]:
    """The parts of the list; those that are seldom filled are left out while they are empty."""
    here = reverse("participants:preparation_list")
    shown = [key for key in WANTED if counts[key] or key not in {"paused", "refused"} or key == tab]
    return [Tab(LABELS[key], _address(here, {"tab": key, "cycle": cycle}), counts[key], key == tab) for key in shown]


def found_mentors(rows: EnrolmentQuerySet, tab: str, *, q: str = "", form: str = "") -> EnrolmentQuerySet:
    """Those in this part of the list whose name, class or post hold every word."""
    rows = rows.filter(WANTED.get(tab, _IN))
    for word in search_key(q).split():
        rows = rows.filter(person__search_key__contains=word)
    if form:
        rows = rows.filter(form=int(form))
    return rows.select_related("person", "form").order_by("person__sort_key", "pk")


def page_of(rows: EnrolmentQuerySet, number: str | None) -> Page[Enrolment]:
    return Paginator(rows, PER_PAGE).get_page(number)


def lines_of(page: Page[Enrolment], today: date) -> list[Line]:
    """The mentors of the page; what follows the consent is shown of those who have given it."""
    rows = list(page)
    consented = set(
        Enrolment.objects.consented(today).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    told = preparations_of([row for row in rows if row.pk in consented], today)
    return [_line(row, told.get(row.pk, Preparation()), is_consented=row.pk in consented) for row in rows]


def next_step(row: Enrolment, preparation: Preparation, *, is_consented: bool) -> str:
    """What is to be done next with a mentor who takes part."""
    if row.state not in {EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED}:
        return ""
    if not is_consented:
        return "consent"
    if row.filled_at is None:
        return "profile"
    if not preparation.has_passed_interview:
        return "interview"
    return "word" if preparation.is_trained else "training"


def training_lines(trainings: QuerySet[Training]) -> list[Training]:
    """The sessions with `expected`, how many are put down, `came` and `unmarked`."""
    rows = trainings.annotate(
        expected=Count("attendances"),
        came=Count("attendances", filter=Q(attendances__has_come=True)),
        unmarked=Count("attendances", filter=Q(attendances__has_come=None)),
    )
    return list(rows.order_by("held_on", "pk"))


def mark_lines(training: Training, today: date) -> tuple[list[MarkLine], int]:
    """The mentors who may be marked, and how many more take part whose consent is not in force.

    Who has left stays on the page where he is put down.
    """
    put_down = Exists(training.attendances.filter(enrolment=OuterRef("pk")))
    rows = Enrolment.objects.filter(_IN | Q(put_down), cycle=training.cycle_id, side=Side.MENTOR)
    consented = rows.consented(today).select_related("person", "form").order_by("person__sort_key", "pk")
    marks = {row.enrolment_id: row for row in training.attendances.all()}
    lines = [
        MarkLine(
            row.pk, row.person_id, row.person.full_name, row.person.place, row.form.name, mark_of(marks.get(row.pk))
        )
        for row in consented
    ]
    return lines, rows.count() - len(lines)


def _line(row: Enrolment, preparation: Preparation, *, is_consented: bool) -> Line:
    return Line(
        pk=row.pk,
        person=row.person_id,
        name=row.person.full_name,
        place=row.person.place,
        form=row.form.name,
        state=row.get_state_display(),
        tone=STATE_TONES[EnrolmentState(row.state)],
        is_consented=is_consented,
        preparation=preparation,
        step=next_step(row, preparation, is_consented=is_consented),
    )


def _address(here: str, values: Mapping[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"{here}?{urlencode(given)}" if given else here
