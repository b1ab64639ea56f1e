"""Schools and the first people in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendar import Period
from accounts.models import START_CODE_LIVES, Invitation, StartCode
from accounts.openings import school_opened
from accounts.services.invitations import Invitee, invite_person
from accounts.tokens import digest, new_code
from core.actors import Actor, user_actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School, SchoolPeriod, User

Invited = list[tuple[Invitation, str]]
"""The invitations sent, each with the token of its link."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """The installation's administrator as he names himself at the first start."""

    email: str
    password: str
    surname: str
    given_name: str
    patronymic: str


def open_school(
    *, requisites: Mapping[str, Any], periods: Sequence[Period], invitees: Sequence[Invitee], by: Actor
) -> tuple[School, Invited]:
    """A new school with its calendar, its first curator and administrator invited."""
    with transaction.atomic():
        school = School.objects.create(**requisites)
        _lay_calendar(school, periods)
        record_event(verb="open", thing=school, school=school, by=by)
        school_opened(school, by)
        invited = [invite_person(school=school, invitee=invitee, by=by) for invitee in invitees]
    return school, invited


def change_school(*, school: School, requisites: Mapping[str, Any], periods: Sequence[Period], by: Actor) -> School:
    """Change requisites and calendar; papers made from now on carry them."""
    with transaction.atomic():
        locked = School.objects.select_for_update(no_key=True).get(pk=school.pk)
        changed = sorted(name for name, value in requisites.items() if getattr(locked, name) != value)
        for name in changed:
            setattr(locked, name, requisites[name])
        locked.save()
        locked.periods.all().delete()
        _lay_calendar(locked, periods)
        record_event(verb="change", thing=locked, school=locked, detail={"columns": changed}, by=by)
    return locked


def make_start_code() -> str:
    """A one-time code for the first-start page; an earlier one opens nothing any more.

    Raises DomainError once the installation has a school.
    """
    code = new_code()
    with transaction.atomic():
        _refuse_second_start()
        StartCode.objects.all().delete()
        StartCode.objects.create(code_hash=digest(code))
    return code


def is_start_code(code: str) -> bool:
    """Whether this code opens the first-start page now; written as printed, or without dashes, in any case."""
    signs = code.lower().replace("-", "").replace(" ", "")
    printed = "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
    fresh = StartCode.objects.filter(created_at__gt=timezone.now() - START_CODE_LIVES)
    return fresh.filter(code_hash=digest(printed)).exists() and not School.objects.exists()


def start_installation(
    *,
    keeper: Keeper,
    requisites: Mapping[str, Any],
    periods: Sequence[Period],
    invitees: Sequence[Invitee],
) -> tuple[User, Invited]:
    """The installation's administrator and the first school, and the start code used up.

    Raises DomainError where someone else was faster: of two at once one succeeds.
    """
    hashed = make_password(keeper.password)
    with transaction.atomic():
        used = StartCode.objects.all().delete()[0]
        if not used:
            raise DomainError(_("The first school has already been made. Log in instead."))
        _refuse_second_start()
        user = User.objects.create(
            email=keeper.email.strip().lower(),
            password=hashed,
            surname=keeper.surname,
            given_name=keeper.given_name,
            patronymic=keeper.patronymic,
            is_installation_admin=True,
        )
        by = user_actor(user, ())
        record_event(verb="start", thing=user, by=by)
        _school, invited = open_school(requisites=requisites, periods=periods, invitees=invitees, by=by)
    return user, invited


def _lay_calendar(school: School, periods: Sequence[Period]) -> None:
    SchoolPeriod.objects.bulk_create(
        SchoolPeriod(school=school, kind=row.kind, number=row.number, starts_on=row.starts_on, ends_on=row.ends_on)
        for row in periods
    )


def _refuse_second_start() -> None:
    if School.objects.exists():
        raise DomainError(_("This installation already has a school. Its administrator adds further ones."))
