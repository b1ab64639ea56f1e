"""How far the preparation of the mentors has come, what of it waits for the curator, and what a mentor sees of his own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from participants.models import Attendance, Enrolment, EnrolmentState, Person, Side, Training
from participants.register.marks import Mark
from participants.register.mentors import INTERVIEW, TRAINING, WANTED, WORD, candidates_of
from participants.register.preparation import INTERVIEWED, TRAINED, Preparation, preparations_of, with_preparation
from participants.services.cycles import current_cycle
from roadmap.day import Panel, Waiting
from roadmap.evidence import Evidence

TRAININGS_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A mentor's own preparation in plain words, with his trainings."""

    form: str
    words: str
    coming: tuple[Attendance, ...]
    held: tuple[tuple[Attendance, Mark], ...]


def evidence_of_interviews(cycles: Sequence[int]) -> dict[int, Evidence]:
    """How many of the mentors have passed their interview."""
    return _evidence(cycles, INTERVIEWED, INTERVIEW, _("interviews passed: %(done)s of %(total)s"), _without_interview)


def evidence_of_training(cycles: Sequence[int]) -> dict[int, Evidence]:
    """How many of the mentors are trained, or said to be ready."""
    return _evidence(cycles, TRAINED, TRAINING, _("mentors trained: %(done)s of %(total)s"), _untrained)


def ask_for_preparation(actor: Actor, today: date) -> Iterator[Waiting]:
    """Trainings to be marked, and mentors of whom the curator may say that they are ready."""
    assert actor.school is not None
    cycle = current_cycle(actor.school, today)
    unmarked = Attendance.objects.visible_to(actor).filter(has_come=None, training__held_on__lt=today)
    held = Training.objects.filter(cycle=cycle, pk__in=unmarked.values("training"))
    for training in held.order_by("held_on", "pk")[:TRAININGS_AT_ONCE]:
        yield Waiting(
            _("Mark who came to the training «%(title)s»") % {"title": training.title},
            reverse("participants:training_mark", args=(training.pk,)),
            _("Mark them"),
            day=training.held_on,
            small=_("was held"),
        )
    ready = candidates_of(Enrolment.objects.visible_to(actor), cycle, today).filter(WANTED[WORD]).count()
    if ready:
        words = ngettext(
            "%(count)s mentor has passed the interview and the training",
            "%(count)s mentors have passed the interview and the training",
            ready,
        )
        url = f"{reverse('participants:preparation_list')}?tab={WORD}"
        yield Waiting(words % {"count": ready}, url, _("Say who is ready"))


def paint_own_preparation(actor: Actor, today: date) -> Panel | None:
    """The panel on the mentor's home page."""
    person = Person.objects.filter(school_id=actor.school_id, user_id=actor.user_id).first()
    panel = paint_preparation(person, today) if person else None
    return Panel(panel.template, {"panel": panel.context}) if panel else None


def paint_preparation(person: Person, today: date) -> Panel | None:
    """The mentor's parts of years that are not over, for which his consent is in force; what was said of him is not shown."""
    rows = Enrolment.objects.consented(today).enrolled().filter(person=person, side=Side.MENTOR)
    parts = list(rows.filter(cycle__ends_on__gte=today).select_related("form").order_by("form__place", "pk"))
    if not parts:
        return None
    told = preparations_of(parts, today)
    own = [_own(row, told[row.pk], today) for row in parts]
    return Panel("participants/preparation_panel.html", {"parts": own, "name": person.given_name})


def _evidence(
    cycles: Sequence[int], done: Q, tab: str, words: str, lacks: Callable[[int, int], str]
) -> dict[int, Evidence]:
    """Of the mentors who take part in each cycle, how many answer to `done`; the others are in the part `tab` of the list."""
    rows = Enrolment.objects.enrolled().filter(cycle__in=cycles, side=Side.MENTOR).order_by()
    known = with_preparation(rows, timezone.localdate())
    totals = Counter(rows.values_list("cycle", flat=True))
    finished = Counter(known.filter(done).values_list("cycle", flat=True))
    return {cycle: _one(cycle, finished[cycle], totals[cycle], tab, words, lacks) for cycle in cycles}


def _one(cycle: int, done: int, total: int, tab: str, words: str, lacks: Callable[[int, int], str]) -> Evidence:
    here = reverse("participants:preparation_list")
    said, url = "", ""
    if not total:
        said, url = _("no mentors yet"), here
    elif done < total:
        said, url = lacks(total - done, total), f"{here}?{urlencode({'tab': tab, 'cycle': cycle})}"
    return Evidence(
        words % {"done": done, "total": total}, f"{here}?{urlencode({'cycle': cycle})}", done, total, said, url
    )


def _without_interview(count: int, total: int) -> str:
    """«у 2 из 7 наставников нет собеседования»"""
    words = ngettext(
        "%(n)s of %(total)s mentor has passed no interview",
        "%(n)s of %(total)s mentors have passed no interview",
        total,
    )
    return words % {"n": count, "total": total}


def _untrained(count: int, total: int) -> str:
    words = ngettext("%(n)s of %(total)s mentor is not trained", "%(n)s of %(total)s mentors are not trained", total)
    return words % {"n": count, "total": total}


def _own(row: Enrolment, preparation: Preparation, today: date) -> OwnPart:
    return OwnPart(
        form=row.form.name,
        words=_state_words(row),
        coming=tuple(mark for mark in preparation.attendances if mark.training.held_on >= today),
        held=tuple(pair for pair in preparation.marks if pair[0].training.held_on < today),
    )


def _state_words(row: Enrolment) -> str:
    words = {
        EnrolmentState.ENROLLED: _("A talk with the curator is ahead."),
        EnrolmentState.INTERVIEWED: _("The talk with the curator is over, the training is next."),
        EnrolmentState.READY: _("The preparation is complete: all is ready for work."),
        EnrolmentState.PAUSED: _("A pause: no new pair is proposed."),
    }
    return words[EnrolmentState(row.state)]
