"""People of the register and those who represent the minors among them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any, Required, TypedDict, Unpack

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from accounts.models import PassState
from accounts.services.invitations import revoke_invitation
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from core.russian import one_line
from participants.hanging import hanging_on
from participants.models import LIVE_CONSENTS, Consent, Guardian, Guardianship, Person
from participants.register.sheet import PersonSheet, faults_of, sheet_of
from participants.services.cycles import today_in
from participants.services.links import revoke_links
from participants.services.register import is_cleared, locked_person


class PersonColumns(TypedDict, total=False):
    """What may be written of a person; what is left out stays as it is."""

    kind: Required[str]
    surname: Required[str]
    given_name: Required[str]
    patronymic: Required[str]
    birth_date: Required[date | None]
    class_name: Required[str]
    post: Required[str]
    email: Required[str]
    phone: Required[str]
    sex: str
    subject: str
    teaching_since: int | None


def add_person(*, school: School, by: Actor, **columns: Unpack[PersonColumns]) -> Person:
    """A new person of the school. Raises DomainError for what may not be kept before a consent is in force."""
    sheet = _tidy(PersonSheet(**columns))
    _refuse_faults(sheet, school, is_cleared=False)
    with transaction.atomic():
        person = Person.objects.create(school=school, **asdict(sheet))
        record_event(verb="add", thing=person, school=school, by=by)
    return person


def change_person(*, person: Person, by: Actor, **columns: Unpack[PersonColumns]) -> Person:
    """Write the person anew. An invitation to an address that is no longer the person's opens nothing."""
    with transaction.atomic():
        locked = locked_person(person)
        before = sheet_of(locked)
        sheet = _tidy(replace(before, **columns))
        _refuse_faults(sheet, locked.school, is_cleared=is_cleared(locked), before=before)
        changed = sorted(name for name, value in asdict(sheet).items() if getattr(before, name) != value)
        for name in changed:
            setattr(locked, name, getattr(sheet, name))
        locked.save()
        invitation = locked.invitation
        if "email" in changed and invitation and invitation.state == PassState.WAITING:
            revoke_invitation(invitation=invitation, by=by)
        record_event(verb="change", thing=locked, school=locked.school, detail={"columns": changed}, by=by)
    return locked


def remove_person(*, person: Person, by: Actor) -> None:
    """Delete someone of whom nothing is known yet but his place in the register.

    Raises DomainError where he was asked for a consent, can log in, or anything else hangs on him.
    """
    with transaction.atomic():
        locked = locked_person(person)
        if refusal := why_not_removed(locked):
            raise DomainError(refusal)
        guardians = [row.guardian for row in locked.guardianships.select_related("guardian")]
        record_event(verb="remove", thing=locked, school=locked.school, by=by)
        try:
            locked.enrolments.all().delete()
            locked.delete()
        except ProtectedError as error:
            raise DomainError(_("This person is named in other papers and can not be removed.")) from error
        for guardian in guardians:
            if not guardian.guardianships.exists():
                guardian.delete()


def why_not_removed(person: Person) -> str:
    """Why the person can not be removed, in words; empty where he can."""
    if person.consents.exists():
        return _(
            "A consent was asked for, so this person stays in the register. End the part in the programme instead."
        )
    if person.user_id or person.invitation_id:
        return _("This person was given a way to log in, so he stays in the register.")
    if hanging := hanging_on(person):
        return _("This hangs on the person: %(things)s.") % {"things": "; ".join(row.words for row in hanging)}
    return ""


def add_guardian(
    *,
    minor: Person,
    surname: str,
    given_name: str,
    patronymic: str,
    email: str,
    phone: str,
    authority: str,
    by: Actor,
) -> Guardianship:
    """Someone who represents the minor; a guardian of the same name and contact is the same one, with another child.

    Raises DomainError for an adult, who signs for himself, and for a guardian who is entered already.
    """
    names = _names(surname, given_name, patronymic)
    contacts = {"email": email.strip().lower(), "phone": " ".join(phone.split())}
    with transaction.atomic():
        locked = locked_person(minor)
        School.objects.select_for_update(no_key=True).get(pk=minor.school_id)
        if not locked.is_minor_on(today_in(locked.school)):
            raise DomainError(_("%(name)s is 18 or older and signs in person.") % {"name": locked.short_name})
        guardian = _known(locked.school, names, contacts) or Guardian.objects.create(
            school=locked.school, **names, **contacts
        )
        guardianship, is_new = Guardianship.objects.get_or_create(
            minor=locked, guardian=guardian, defaults={"authority": authority}
        )
        if not is_new:
            raise DomainError(_("This guardian is already entered."))
        record_event(verb="add", thing=guardianship, school=locked.school, by=by)
    return guardianship


def change_guardian(
    *,
    guardianship: Guardianship,
    surname: str,
    given_name: str,
    patronymic: str,
    email: str,
    phone: str,
    authority: str,
    by: Actor,
) -> Guardianship:
    """Write the guardian anew, for every child of his."""
    with transaction.atomic():
        locked = _locked(guardianship)
        guardian, school = locked.guardian, locked.minor.school
        columns = _names(surname, given_name, patronymic)
        columns |= {"email": email.strip().lower(), "phone": " ".join(phone.split())}
        changed = sorted(name for name, value in columns.items() if getattr(guardian, name) != value)
        for name in changed:
            setattr(guardian, name, columns[name])
        guardian.save()
        locked.authority = authority
        locked.save(update_fields=("authority",))
        record_event(verb="change", thing=guardian, school=school, detail={"columns": changed}, by=by)
    return locked


def remove_guardian(*, guardianship: Guardianship, by: Actor) -> None:
    """End the representation; the guardian is deleted where nothing else is known of him.

    Raises DomainError while a consent of his for this child is asked for or in force.
    """
    with transaction.atomic():
        locked = _locked(guardianship)
        guardian, minor = locked.guardian, locked.minor
        if Consent.objects.filter(person=minor, guardian=guardian, state__in=LIVE_CONSENTS).exists():
            raise DomainError(
                _(
                    "A consent of this guardian is awaited or in force. Take the request back or record the withdrawal first."
                )
            )
        revoke_links(person=minor, guardian=guardian, by=by)
        record_event(verb="remove", thing=locked, school=minor.school, by=by)
        locked.delete()
        if not guardian.guardianships.exists() and not guardian.consents.exists():
            guardian.delete()


def _tidy(sheet: PersonSheet) -> PersonSheet:
    texts: dict[str, Any] = {name: one_line(value) for name, value in asdict(sheet).items() if isinstance(value, str)}
    texts["email"] = texts["email"].lower()
    return replace(sheet, **texts)


def _refuse_faults(sheet: PersonSheet, school: School, *, is_cleared: bool, before: PersonSheet | None = None) -> None:
    faults = faults_of(sheet, today=today_in(school), is_cleared=is_cleared, before=before)
    if faults:
        raise DomainError(" ".join(dict.fromkeys(faults.values())))


def _names(surname: str, given_name: str, patronymic: str) -> dict[str, str]:
    names = {"surname": surname, "given_name": given_name, "patronymic": patronymic}
    tidy = {name: one_line(value) for name, value in names.items()}
    if not tidy["surname"] or not tidy["given_name"]:
        raise DomainError(_("A guardian needs a surname and a given name."))
    return tidy


def _known(school: School, names: dict[str, str], contacts: dict[str, str]) -> Guardian | None:
    same = Q()
    for name, value in contacts.items():
        same |= Q(**{name: value}) if value else Q()
    if not same:
        return None
    return Guardian.objects.filter(same, school=school, **names).order_by("pk").first()


def _locked(guardianship: Guardianship) -> Guardianship:
    rows = Guardianship.objects.select_for_update(of=("self", "guardian"), no_key=True).select_related(
        "guardian", "minor__school"
    )
    return rows.get(pk=guardianship.pk)
