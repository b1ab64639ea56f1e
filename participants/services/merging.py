"""Two rows of the register that are one person become one, with all that hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Invitation, PassState
from accounts.services.invitations import revoke_invitation
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Job, Notice
from core.states import move
from participants.hanging import lock_use_of
from participants.models import (
    Attendance,
    Consent,
    ConsentState,
    Distinction,
    Enrolment,
    Interview,
    LinkState,
    Person,
    SheetRow,
    ThirdPartyNote,
)
from participants.moving_over import Merging, move_parts
from participants.register.disputes import disputed_by_each_other
from participants.register.merging import (
    clashing_consents,
    clashing_links,
    is_contested_already,
    merged_sheet,
    merging_of,
    needless_requests,
    refusals_of,
    same_guardians,
    state_of,
)
from participants.register.sheet import faults_of
from participants.services.asking import end_consent
from participants.services.conflicts import contest_given
from participants.services.cycles import today_in

_OF_PART = (
    "role_model", "request", "wanted_help", "competences", "achievements", "interests", "wanted_age_from",
    "wanted_age_to", "time_resource", "capacity", "available", "building", "filled_at", "entered_on", "results", "case_url",
)  # fmt: skip


def merge_people(*, kept: Person, gone: Person, taken: Mapping[str, bool], seen: str, by: Actor) -> Person:
    """Make the two one: `kept` stays, of the columns `taken` it gets the value of `gone`, which is deleted.

    `seen` is the digest of what the curator was shown, as `register.merging.state_of` makes it. Raises DomainError
    where one of them is gone or was changed meanwhile, and for all that `refusals_of` tells.
    """
    with transaction.atomic():
        merging = _locked(kept, gone)
        kept, gone = merging.kept, merging.gone
        if seen != state_of(kept, gone):
            raise DomainError(_("One of the two was changed meanwhile. Look at both again before you go on."))
        if refusals := refusals_of(merging):
            raise DomainError(" ".join(refusals))
        sheet = merged_sheet(kept, gone, taken)
        if faults := faults_of(sheet, today=today_in(kept.school), is_cleared=True):
            raise DomainError(" ".join(dict.fromkeys(faults.values())))
        columns = sorted(name for name, is_taken in taken.items() if is_taken)
        detail = {"gone": gone.pk, "columns": columns, "parts": sorted(row.pk for row in gone.enrolments.all())}
        record_event(verb="merge", thing=kept, school=kept.school, detail=detail, by=by)
        _move_over(merging, by)
        for name, value in asdict(sheet).items():
            setattr(kept, name, value)
        _take_account(kept, gone, by)
        gone.delete()
        kept.save()
    return kept


def _locked(kept: Person, gone: Person) -> Merging:
    """Both as they are now, held with all that will move; parts come before people, people before consents, as everywhere."""
    keys = sorted((kept.pk, gone.pk))
    list(Enrolment.objects.select_for_update(no_key=True).filter(person__in=keys).order_by("pk").values_list("pk"))
    try:
        for key in keys:
            lock_use_of(Person(pk=key))
    except Person.DoesNotExist as error:
        raise DomainError(_somebody_was_quicker()) from error
    invitations = Invitation.objects.select_for_update(no_key=True).filter(pk__in=_invitations(keys))
    list(invitations.order_by("pk").values_list("pk"))
    rows = Person.objects.present().select_for_update(of=("self",)).select_related("school", "invitation__school")
    people = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    list(Consent.objects.select_for_update(no_key=True).filter(person__in=keys).order_by("pk").values_list("pk"))
    if len(people) < len({kept.pk, gone.pk}):
        raise DomainError(_somebody_was_quicker())
    return merging_of(people[kept.pk], people[gone.pk])


def _somebody_was_quicker() -> str:
    return _("One of the two is no longer in the register: somebody was quicker.")


def _invitations(keys: list[int]) -> list[int]:
    named = Person.objects.filter(pk__in=keys).values_list("invitation", flat=True)
    return [key for key in named if key]


def _move_over(merging: Merging, by: Actor) -> None:
    kept, gone = merging.kept, merging.gone
    _settle_consents(kept, gone, by)
    _move_signers(kept, gone, by)
    for goes, stays in merging.parts:
        _join_parts(goes, stays)
    gone.enrolments.update(person=kept)
    gone.charges.filter(membership__in=kept.charges.values("membership")).delete()
    gone.charges.update(person=kept)
    gone.sheet_rows.update(person=kept)
    gone.destructions.update(person=kept)
    _move_distinctions(kept, gone)
    for model in (Notice, Job):
        for row in model._default_manager.filter(school=kept.school_id, payload__person=gone.pk):
            row.payload["person"] = kept.pk
            row.save(update_fields=("payload",))


def _settle_consents(kept: Person, gone: Person, by: Actor) -> None:
    """What is asked for needlessly ends, and what guardians of the two disagree on is contested."""
    needless, disputed = needless_requests(kept, gone), list(disputed_by_each_other(kept, gone))
    for row in needless:
        end_consent(row, ConsentState.CANCELLED, by=by)
    for row, words in disputed:
        if is_contested_already(row, kept, gone):
            end_consent(row, ConsentState.REPLACED, by=by)
        else:
            contest_given([row], words, by)


def _move_signers(kept: Person, gone: Person, by: Actor) -> None:
    """Consents, links and those who sign; a clash is settled before the rows meet."""
    for ours, theirs in list(clashing_consents(kept, gone, (ConsentState.IN_FORCE,))):
        older = min(ours, theirs, key=lambda row: (row.decided_at, row.pk))
        end_consent(older, ConsentState.REPLACED, by=by)
    for link in clashing_links(kept, gone).select_for_update(of=("self",)).select_related("school"):
        move(link, LinkState.REVOKED, school=link.school, by=by)
    for row, guardian in same_guardians(kept, gone):
        other = row.guardian
        row.delete()
        if other.pk == guardian.pk:
            continue
        other.consents.update(guardian=guardian)
        other.links.update(guardian=guardian)
        guardian.email, guardian.phone = guardian.email or other.email, guardian.phone or other.phone
        user, other.user = other.user, None
        guardian.user = guardian.user or user
        other.delete()
        guardian.save()
    gone.guardianships.update(minor=kept)
    gone.consents.update(person=kept)
    gone.links.update(person=kept)


def _join_parts(goes: Enrolment, stays: Enrolment) -> None:
    """One part of two: what the one that stays lacks comes from the other."""
    for name in _OF_PART:
        if getattr(stays, name) in {None, ""} if name != "available" else not stays.available:
            setattr(stays, name, getattr(goes, name))
    if stays.is_passed is None:
        stays.is_passed = goes.is_passed
    stays.is_remote = stays.is_remote or goes.is_remote
    stays.areas.add(*goes.areas.all())
    there = Attendance.objects.filter(enrolment=stays).values("training")
    twice = Attendance.objects.filter(enrolment=goes, training__in=there)
    for row in twice.filter(has_come__isnull=False):
        unmarked = Attendance.objects.filter(enrolment=stays, training=row.training_id, has_come=None)
        unmarked.update(has_come=row.has_come, has_passed=row.has_passed)
    twice.delete()
    for model in (Attendance, Interview, ThirdPartyNote, SheetRow):
        model._default_manager.filter(enrolment=goes).update(enrolment=stays)
    move_parts({goes.pk: stays.pk})
    goes.delete()
    stays.save()


def _move_distinctions(kept: Person, gone: Person) -> None:
    """Who was told apart from the one that goes is told apart from the other."""
    pairs = Distinction.objects.filter(first=gone) | Distinction.objects.filter(second=gone)
    for row in pairs.order_by("pk"):
        other = row.second_id if row.first_id == gone.pk else row.first_id
        first, second = sorted((kept.pk, other))
        if first != second and not Distinction.objects.filter(first=first, second=second).exists():
            row.first_id, row.second_id = first, second
            row.save(update_fields=("first", "second"))
        else:
            row.delete()


def _take_account(kept: Person, gone: Person, by: Actor) -> None:
    """The account and the invitation of the one that goes, where the other has none."""
    user, invitation = gone.user, gone.invitation
    gone.user = gone.invitation = None
    gone.save(update_fields=("user", "invitation"))
    kept.user = kept.user or user
    if kept.invitation is None:
        kept.invitation = invitation
    elif invitation and invitation.state == PassState.WAITING:
        revoke_invitation(invitation=invitation, by=by)
