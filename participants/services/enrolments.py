"""People's parts in a cycle: entering, pausing, leaving, coming back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.models import Event
from core.states import move
from participants.ages import age_on
from participants.leaving import held_by
from participants.models import (
    TAKING_PART,
    Enrolment,
    EnrolmentState,
    Interview,
    InterviewOutcome,
    MentoringForm,
    Person,
    PersonKind,
    RoleModel,
    Side,
)
from participants.reasons import MoveReason
from participants.register.standing import Standing, standing_of
from participants.services.asking import drop_needless
from participants.services.cycles import today_in
from participants.services.register import is_cleared, locked_person
from participants.services.rules import rules_of
from roadmap.models import Cycle


@dataclass(slots=True)
class Entered:
    """What became of people who were to be enrolled together: how many are in, and why the others are not."""

    count: int = 0
    refusals: dict[str, int] = field(default_factory=dict)
    """How many people each reason kept out."""


def enrol_person(
    *,
    person: Person,
    cycle: Cycle,
    side: str,
    form: MentoringForm,
    role_model: RoleModel | None = None,
    entered_on: date | None = None,
    by: Actor,
) -> Enrolment:
    """The person takes part in the cycle on this side of the form, from `entered_on` or today; who had left is back.

    Raises DomainError where he takes part already, where the form is not for people like him, for a mentee younger
    than the school takes, after a withdrawal, and for a role model before the consent: «успевающий – неуспевающий»
    says more of a child than a name.
    """
    with transaction.atomic():
        _lock_parts([person])
        locked = locked_person(person)
        _refuse_part(locked, cycle, side, form)
        _refuse_role_model(locked, form, role_model)
        defaults = {"role_model": role_model, "entered_on": entered_on or today_in(locked.school)}
        enrolment, is_new = Enrolment.objects.get_or_create(
            person=locked, cycle=cycle, side=side, form=form, defaults=defaults
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


def pause_enrolment(*, enrolment: Enrolment, reason: MoveReason, by: Actor) -> None:
    """The person is proposed for no pair until he is back; the pair he is in goes on.

    Raises TransitionRefused for someone who pauses already or has left.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        detail: dict[str, object] = {"reason": reason.value}
        move(locked, EnrolmentState.PAUSED, school=locked.person.school, detail=detail, by=by)


def resume_enrolment(*, enrolment: Enrolment, by: Actor) -> None:
    """The pause is over: he stands where he stood before it, as the journal knows. Raises TransitionRefused."""
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        _refuse_unless(locked, EnrolmentState.PAUSED)
        paused = Event.objects.filter(school=locked.person.school, thing=f"enrolment:{locked.pk}", verb="move")
        before = paused.filter(to_state=EnrolmentState.PAUSED).values_list("from_state", flat=True).first()
        move(locked, before or EnrolmentState.ENROLLED, school=locked.person.school, by=by)


def end_enrolment(*, enrolment: Enrolment, reason: MoveReason = MoveReason.CURATOR, by: Actor) -> None:
    """The person leaves the cycle on this side of the form, today; what was asked for it alone is asked no longer.

    Raises DomainError while a pair or something else holds him, TransitionRefused where he has left already.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        refuse_held(locked)
        drop_needless(leaving=locked, by=by)
        leave(locked, EnrolmentState.LEFT, today_in(locked.person.school), by, reason=reason.value)


def return_enrolment(*, enrolment: Enrolment, by: Actor) -> None:
    """Take the leaving back. Raises TransitionRefused where the person takes part already."""
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        _refuse_part(locked.person, locked.cycle, locked.side, locked.form)
        _return(locked, by)


def stop_taking_part(person: Person, parts: Sequence[int], by: Actor) -> None:
    """End these parts of the person at once, after a withdrawal."""
    today = today_in(person.school)
    with transaction.atomic():
        found = Enrolment.objects.enrolled().filter(person=person, pk__in=parts)
        rows = found.select_for_update(of=("self",), no_key=True)
        for enrolment in rows.select_related("person__school").order_by("pk"):
            leave(enrolment, EnrolmentState.LEFT, today, by, reason=MoveReason.WITHDRAWN.value)


def leave(enrolment: Enrolment, to: EnrolmentState, on: date, by: Actor, **detail: object) -> None:
    """Out of the year: left, finished or not admitted, on that day; the row is locked."""
    enrolment.left_on = on
    move(enrolment, to, school=enrolment.person.school, also=("left_on",), detail=detail, by=by)


def refuse_held(enrolment: Enrolment) -> None:
    """Raise DomainError where a pair or something else holds the person in the year."""
    if reason := held_by(enrolment):
        raise DomainError(reason)


def refuse_without_consent(enrolment: Enrolment) -> None:
    """Raise DomainError while nothing more than the name may be written down of this part."""
    person = enrolment.person
    if not Enrolment.objects.consented(today_in(person.school)).filter(pk=enrolment.pk).exists():
        raise DomainError(
            _("%(name)s: until the consent is in force nothing more may be written down.") % {"name": person.short_name}
        )


def locked_enrolment(enrolment: Enrolment) -> Enrolment:
    """The part as it is now, held until the transaction ends; its person, form and cycle are read with it."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person__school", "form", "cycle__programme", "role_model").get(pk=enrolment.pk)


def _lock_parts(people: Sequence[Person]) -> None:
    """Hold what these people take part in, before they are held themselves, as a withdrawal does."""
    rows = Enrolment.objects.filter(person__in=[row.pk for row in people]).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _return(enrolment: Enrolment, by: Actor) -> None:
    """Back in the year; a mentor whose last interview was passed need not have another."""
    was_refused = enrolment.state == EnrolmentState.REFUSED
    enrolment.left_on = None
    move(enrolment, EnrolmentState.ENROLLED, school=enrolment.person.school, also=("left_on",), by=by)
    last = Interview.objects.filter(enrolment=enrolment).values_list("outcome", flat=True).first()
    if last == InterviewOutcome.PASSED and not was_refused:
        move(enrolment, EnrolmentState.INTERVIEWED, school=enrolment.person.school, by=by)


def _refuse_unless(enrolment: Enrolment, state: EnrolmentState) -> None:
    if enrolment.state != state:
        raise TransitionRefused(_("This has already been changed by someone. Look at it again before you go on."))


def _refuse_part(person: Person, cycle: Cycle, side: str, form: MentoringForm) -> None:
    if not person.school_id == form.school_id == cycle.programme.school_id:
        raise DomainError(_("The person, the form and the cycle belong to different schools."))
    today = today_in(person.school)
    if standing_of(person, today) == Standing.WITHDRAWN:
        raise DomainError(_("The consent was withdrawn. Ask for a new one first."))
    if not form.is_used:
        raise DomainError(_("The school does not use this form. Switch it on in the list of forms first."))
    kind = form.mentor_kind if side == Side.MENTOR else form.mentee_kind
    if kind and kind != person.kind:
        raise DomainError(_not_for(PersonKind(kind), Side(side), form))
    if side == Side.MENTEE:
        _refuse_young(person, today)


def _refuse_young(person: Person, today: date) -> None:
    least = rules_of(person.school).least_age
    if person.birth_date and age_on(person.birth_date, today) < least:
        raise DomainError(
            _("The school takes mentees from the age of %(age)s; its rules of the register say so.") % {"age": least}
        )


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
