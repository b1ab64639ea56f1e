"""Which class, or which single people, a class teacher or a psychologist is in charge of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership
from core.russian import one_line, sort_key
from participants.models import Charge, Person
from participants.models.person import CHARGE_ROLES


def set_classes(*, membership: Membership, classes: Iterable[str], by: Actor) -> None:
    """These classes and no other are in the charge of the member of staff.

    Raises DomainError where his role is no longer one that looks after pupils.
    """
    wanted = {sort_key(name): name for name in map(one_line, classes) if sort_key(name)}
    with transaction.atomic():
        locked = _locked(membership)
        now = {row.class_key: row for row in locked.charges.filter(person=None)}
        ended = [row for key, row in now.items() if key not in wanted]
        for row in ended:
            row.delete()
        begun = [
            Charge.objects.create(membership=locked, class_name=name[:20])
            for key, name in wanted.items()
            if key not in now
        ]
        if ended or begun:
            detail: dict[str, object] = {"begun": len(begun), "ended": len(ended)}
            record_event(verb="charge", thing=locked, school=locked.school, detail=detail, by=by)


def put_in_charge(*, membership: Membership, person: Person, by: Actor) -> Charge:
    """The member of staff sees this person too. Raises DomainError as `set_classes`, and for another school's person."""
    with transaction.atomic():
        locked = _locked(membership)
        if person.school_id != locked.school_id or person.destroyed_at:
            raise DomainError(_("Choose a person of this school."))
        row, is_new = Charge.objects.get_or_create(membership=locked, person=person)
        if is_new:
            record_event(verb="charge", thing=person, school=locked.school, detail={"member": locked.pk}, by=by)
    return row


def release_charge(*, membership: Membership, person: Person, by: Actor) -> None:
    """The member of staff sees this person no more, unless by the class."""
    with transaction.atomic():
        locked = _locked(membership)
        if locked.charges.filter(person=person).delete()[0]:
            record_event(verb="release", thing=person, school=locked.school, detail={"member": locked.pk}, by=by)


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("school")
    locked = rows.get(pk=membership.pk)
    if locked.role not in CHARGE_ROLES or locked.ended_at is not None:
        raise DomainError(_("Only class teachers and psychologists of the school are in charge of pupils."))
    return locked
