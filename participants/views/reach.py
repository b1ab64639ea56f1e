"""How the views of the register reach a row, and what becomes of a step that is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404

from core.access import ActingRequest
from core.errors import DomainError
from core.models import School
from participants.models import Enrolment, Guardianship, Person
from participants.services.cycles import current_cycle, today_in
from roadmap.models import Cycle


def school_of(request: ActingRequest) -> School:
    """The school acted in; the access rule has let in nobody without one."""
    assert request.actor.school is not None
    return request.actor.school


def person_of(request: ActingRequest, pk: int) -> Person:
    """The person, where the actor sees him; else 404."""
    rows = Person.objects.visible_to(request.actor).select_related("school", "user", "invitation")
    return get_object_or_404(rows, pk=pk)


def guardianship_of(request: ActingRequest, pk: int) -> Guardianship:
    """The guardianship, where the actor sees it; else 404."""
    rows = Guardianship.objects.visible_to(request.actor).select_related("minor", "guardian")
    return get_object_or_404(rows, pk=pk)


def enrolment_of(request: ActingRequest, pk: int) -> Enrolment:
    """The enrolment, where the actor sees it; else 404."""
    rows = Enrolment.objects.visible_to(request.actor).select_related("person__school", "form", "cycle")
    return get_object_or_404(rows, pk=pk)


def cycle_of(request: ActingRequest) -> Cycle | None:
    """The cycle that the address names with `cycle`, where the actor sees it; else the one under way."""
    school, wanted = school_of(request), request.GET.get("cycle", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        return get_object_or_404(Cycle.objects.filter(programme__school=school), pk=wanted)
    return current_cycle(school, today_in(school))


def step_error(request: ActingRequest, step: Callable[[], object]) -> bool:
    """Take the step; True where it was refused, and the person is told why."""
    try:
        step()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return True
    return False
