"""What the register destroys of a person besides his own row; each function is an eraser, see `participants.erasing`."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from accounts.services.forgetting import forget_account, forget_address, needs_account
from core.actors import Actor
from core.files import delete_file
from core.models import Job, Notice, StoredFile, User
from participants.models import (
    Attendance,
    Consent,
    ConsentPage,
    DraftPage,
    Enrolment,
    Guardian,
    Interview,
    Person,
    PersonalLink,
    PublishedItem,
    ThirdPartyNote,
)
from participants.papers import categories
from participants.register.holdings import SIGNED
from roadmap.models import CalendarFeed, ReminderChoice

_TEXTS = (
    "request",
    "wanted_help",
    "competences",
    "achievements",
    "interests",
    "time_resource",
    "building",
)
_RESULTS = ("results", "case_url")


def erase_parts(parts: Sequence[int], by: Actor) -> list[str]:
    """The texts of every year; the part itself stays for the figures."""
    found: list[str] = []
    for row in Enrolment.objects.filter(pk__in=parts):
        says = any(getattr(row, name) for name in _TEXTS) or bool(row.available) or row.areas.exists()
        found += [categories.PART] * says + [categories.RESULTS] * any(getattr(row, name) for name in _RESULTS)
        for name in (*_TEXTS, *_RESULTS):
            setattr(row, name, "")
        row.available, row.capacity = [], None
        row.wanted_age_from = row.wanted_age_to = row.role_model = None
        row.save()
        row.areas.clear()
    return found


def erase_preparation(parts: Sequence[int], by: Actor) -> list[str]:
    """Interviews, attendances, and what others said."""
    told: dict[str, models.QuerySet[models.Model]] = {
        categories.NOTES: ThirdPartyNote.objects.filter(enrolment__in=parts),
        categories.INTERVIEWS: Interview.objects.filter(enrolment__in=parts),
        categories.TRAININGS: Attendance.objects.filter(enrolment__in=parts),
    }
    return [category for category, rows in told.items() if rows.delete()[0]]


def erase_charges(person: Person, by: Actor) -> list[str]:
    """Who is in charge of him alone."""
    return [categories.CHARGES] * bool(person.charges.all().delete()[0])


def erase_consents(person: Person, by: Actor) -> list[str]:
    """The forms that were not signed and the words of every consent; what was signed stays sealed."""
    found: list[str] = []
    for draft in DraftPage.objects.filter(consent__person=person).select_related("file__school"):
        draft.delete()
        delete_file(draft.file, by=by)
        found.append(categories.FORMS)
    for row in Consent.objects.filter(person=person).select_related("paper__school"):
        if row.state not in SIGNED:
            found += [categories.FORMS] * _erase_papers(row, by)
        choices = PublishedItem.objects.filter(consent=row).delete()[0]
        found += [categories.REMARKS] * bool(row.reason or row.original_place or choices)
        row.reason = row.original_place = ""
        row.save()
    return found


def _erase_papers(consent: Consent, by: Actor) -> bool:
    """Delete the form and the copies; True where there were any."""
    pages = list(ConsentPage.objects.filter(consent=consent).select_related("file__school"))
    files: list[StoredFile] = [page.file for page in pages]
    for page in pages:
        page.delete()
    if consent.paper:
        files.append(consent.paper)
        consent.paper = None
        consent.save(update_fields=("paper",))
    for file in files:
        delete_file(file, by=by)
    return bool(files)


def erase_links(person: Person, by: Actor) -> list[str]:
    """The personal links, and the letters and jobs that name them or the consents."""
    links = list(PersonalLink.objects.filter(person=person).values_list("pk", flat=True))
    consents = list(Consent.objects.filter(person=person).values_list("pk", flat=True))
    named = Q(payload__link__in=links) | Q(payload__consent__in=consents) | Q(payload__person=person.pk)
    letters = Notice.objects.filter(named, school=person.school_id).delete()[0]
    Job.objects.filter(named, school=person.school_id, result=None).delete()
    PersonalLink.objects.filter(person=person).delete()
    return [categories.LINKS] * bool(links) + [categories.LETTERS] * bool(letters)


def lone_guardians(person: Person) -> list[Guardian]:
    """Those who represent nobody else of the school whose data are still there, and signed for nobody else."""
    rows = Guardian.objects.filter(Q(guardianships__minor=person) | Q(consents__person=person)).distinct()
    return [row for row in rows.order_by("pk") if not _is_wanted(row, person)]


def _is_wanted(guardian: Guardian, person: Person) -> bool:
    wards = guardian.guardianships.exclude(minor=person)
    return wards.exists() or guardian.consents.exclude(person=person).exists()


def erase_guardians(person: Person, by: Actor) -> list[str]:
    """Who represented him and who signed; one who represents nobody else goes with his contacts and his account."""
    lone = lone_guardians(person)
    found = person.guardianships.all().delete()[0]
    Consent.objects.filter(person=person, guardian__isnull=False).update(guardian=None)
    for guardian in lone:
        user, address = guardian.user, guardian.email
        guardian.delete()
        forget_address(school=person.school, addresses=[address], by=by)
        _forget_user(user, person, by)
    return [categories.GUARDIAN] * bool(found or lone)


def erase_account(person: Person, by: Actor) -> list[str]:
    """The account, unless he logs in for something else; the invitation goes in any case."""
    user, invitation = person.user, person.invitation
    person.user = person.invitation = None
    person.save(update_fields=("user", "invitation"))
    if invitation:
        invitation.delete()
    invitations = forget_address(school=person.school, addresses=[person.email], by=by)
    return [categories.ACCOUNT] * bool(_forget_user(user, person, by) or invitation or invitations)


def _forget_user(user: User | None, person: Person, by: Actor) -> bool:
    """Forget the account where nobody else needs it; whether it was."""
    if user is None or needs_account(user, person.school):
        return False
    is_other = Person.objects.filter(user=user).exclude(pk=person.pk).exists()
    if is_other or Guardian.objects.filter(user=user).exists():
        return False
    CalendarFeed.objects.filter(user=user).delete()
    ReminderChoice.objects.filter(user=user).delete()
    forget_account(user=user, school=person.school, by=by)
    return True
