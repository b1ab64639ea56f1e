"""People's parts in a cycle: entering, the profile that follows the consent, leaving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from participants.leaving import held_by
from participants.models import (
    TAKING_PART,
    Enrolment,
    EnrolmentState,
    MentoringForm,
    Person,
    PersonKind,
    RoleModel,
    Side,
)
from participants.register.hours import are_hours
from participants.register.standing import Standing, standing_of
from participants.services.cycles import today_in
from participants.services.register import is_cleared, locked_person
from roadmap.models import Cycle

MOST_MENTEES = 30


@dataclass(slots=True)
class Entered:
    """What became of people who were to be enrolled together: how many are in, and why the others are not."""

    count: int = 0
    refusals: dict[str, int] = field(default_factory=dict)
    """How many people each reason kept out."""


def enrol_person(
    *, person: Person, cycle: Cycle, side: str, form: MentoringForm, role_model: RoleModel | None = None, by: Actor
) -> Enrolment:
    """The person takes part in the cycle on this side of the form; someone who had left is back.

    Raises DomainError where he takes part already, where the form is not for people like him, after a withdrawal,
    and for a role model before the consent: «успевающий – неуспевающий» says more of a child than a name.
    """
    with transaction.atomic():
        _lock_parts([person])
        locked = locked_person(person)
        _refuse_part(locked, cycle, side, form)
        _refuse_role_model(locked, form, role_model)
        enrolment, is_new = Enrolment.objects.get_or_create(
            person=locked, cycle=cycle, side=side, form=form, defaults={"role_model": role_model}
        )
        if is_new:
            record_event(verb="enrol", thing=enrolment, school=locked.school, detail={"side": side}, by=by)
        elif enrolment.state in TAKING_PART:
            raise DomainError(_("This person already takes part in this form."))
        else:
            _return(enrolment, by)
    return enrolment


def enrol_people(*, people: Sequence[Person], cycle: Cycle, side: str, form: MentoringForm, by: Actor) -> Entered:
    """Enrol each of the people; those who can not be are counted by the reason, and keep nobody else out."""
    entered = Entered()
    with transaction.atomic():
        _lock_parts(people)
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=[row.pk for row in people]).order_by("pk"))
        for person in people:
            try:
                enrol_person(person=person, cycle=cycle, side=side, form=form, by=by)
                entered.count += 1
            except DomainError as refusal:
                entered.refusals[str(refusal)] = entered.refusals.get(str(refusal), 0) + 1
    return entered


def fill_profile(
    *,
    enrolment: Enrolment,
    request: str = "",
    competences: str = "",
    capacity: int | None = None,
    available: Iterable[int] = (),
    role_model: RoleModel | None = None,
    by: Actor,
) -> Enrolment:
    """Write what pairing goes by: the mentee's request, the mentor's competences and places, the free hours.

    It counts as filled with a request, or with competences and a number of places. Raises DomainError while the
    consent to processing is not in force, and for someone who has left.
    """
    with transaction.atomic():
        locked = _locked(enrolment)
        hours = sorted(set(available))
        _refuse_profile(locked, request, competences, capacity, hours)
        _refuse_role_model(locked.person, locked.form, role_model)
        locked.request, locked.competences = request.strip(), competences.strip()
        locked.capacity, locked.available, locked.role_model = capacity, hours, role_model
        is_full = bool(locked.request) if locked.side == Side.MENTEE else bool(locked.competences and capacity)
        locked.filled_at = timezone.now() if is_full else None
        locked.save(update_fields=("request", "competences", "capacity", "available", "role_model", "filled_at"))
        record_event(verb="fill", thing=locked, school=locked.person.school, by=by)
    return locked


def end_enrolment(*, enrolment: Enrolment, by: Actor) -> None:
    """The person leaves the cycle on this side of the form, today.

    Raises DomainError while a pair or something else holds him, TransitionRefused where he has left already.
    """
    with transaction.atomic():
        locked = _locked(enrolment)
        if reason := held_by(locked):
            raise DomainError(reason)
        _leave(locked, by)


def return_enrolment(*, enrolment: Enrolment, by: Actor) -> None:
    """Take the leaving back. Raises TransitionRefused where the person takes part already."""
    with transaction.atomic():
        locked = _locked(enrolment)
        _refuse_part(locked.person, locked.cycle, locked.side, locked.form)
        _return(locked, by)


def stop_taking_part(person: Person, by: Actor) -> None:
    """End every part of the person at once, after a withdrawal."""
    with transaction.atomic():
        rows = Enrolment.objects.enrolled().filter(person=person).select_for_update(of=("self",), no_key=True)
        for enrolment in rows.select_related("person__school").order_by("pk"):
            _leave(enrolment, by)


def _lock_parts(people: Sequence[Person]) -> None:
    """Hold what these people take part in, before they are held themselves, as a withdrawal does."""
    rows = Enrolment.objects.filter(person__in=[row.pk for row in people]).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _leave(enrolment: Enrolment, by: Actor) -> None:
    school = enrolment.person.school
    enrolment.left_on = today_in(school)
    move(enrolment, EnrolmentState.LEFT, school=school, also=("left_on",), by=by)


def _return(enrolment: Enrolment, by: Actor) -> None:
    enrolment.left_on = None
    move(enrolment, EnrolmentState.ENROLLED, school=enrolment.person.school, also=("left_on",), by=by)


def _refuse_part(person: Person, cycle: Cycle, side: str, form: MentoringForm) -> None:
    if not person.school_id == form.school_id == cycle.programme.school_id:
        raise DomainError(_("The person, the form and the cycle belong to different schools."))
    if standing_of(person, today_in(person.school)) == Standing.WITHDRAWN:
        raise DomainError(_("The consent was withdrawn. Ask for a new one first."))
    if not form.is_used:
        raise DomainError(_("The school does not use this form. Switch it on in the list of forms first."))
    kind = form.mentor_kind if side == Side.MENTOR else form.mentee_kind
    if kind and kind != person.kind:
        raise DomainError(_not_for(PersonKind(kind), Side(side), form))


def _not_for(kind: PersonKind, side: Side, form: MentoringForm) -> str:
    words = (
        _("Mentors in the form «%(form)s» are of this kind: %(kind)s.")
        if side == Side.MENTOR
        else _("Mentees in the form «%(form)s» are of this kind: %(kind)s.")
    )
    return words % {"form": form.name, "kind": kind.label}


def _refuse_role_model(person: Person, form: MentoringForm, role_model: RoleModel | None) -> None:
    if role_model is None:
        return
    if role_model.form_id != form.pk:
        raise DomainError(_("This role model belongs to another form."))
    if not is_cleared(person):
        raise DomainError(_("The role model can be chosen once the consent is in force."))


def _refuse_profile(
    enrolment: Enrolment, request: str, competences: str, capacity: int | None, hours: Sequence[int]
) -> None:
    if enrolment.state not in TAKING_PART:
        raise DomainError(_("This person has left the programme."))
    if not is_cleared(enrolment.person):
        raise DomainError(
            _("Until the consent is in force nothing more may be written down of %(name)s.")
            % {"name": enrolment.person.short_name}
        )
    is_mentor = enrolment.side == Side.MENTOR
    if (request.strip() and is_mentor) or (not is_mentor and (competences.strip() or capacity is not None)):
        raise DomainError(_("A mentee has a request; competences and places are a mentor's."))
    if capacity is not None and not 1 <= capacity <= MOST_MENTEES:
        raise DomainError(_("A mentor takes from 1 to %(most)s mentees.") % {"most": MOST_MENTEES})
    if not are_hours(hours):
        raise DomainError(_("These are not hours of the week."))


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person__school", "form", "cycle__programme").get(pk=enrolment.pk)
