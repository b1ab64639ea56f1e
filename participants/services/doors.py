"""Giving a person of the register an account, so that a mentor or mentee can log in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Card, Invitation, PassState
from accounts.services.cards import add_person as add_card_holder
from accounts.services.cards import issue_cards
from accounts.services.invitations import Invitee, invite_person, resend_invitation, revoke_invitation
from accounts.services.members import withdraw_membership
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, Role, User
from participants.models import Person, Side
from participants.register.standing import Standing, standing_of
from participants.services.cycles import today_in
from participants.services.register import locked_person

ROLES = {Role.MENTOR: Side.MENTOR, Role.MENTEE: Side.MENTEE}
ENDED = frozenset({Standing.WITHDRAWN, Standing.DECLINED})


@dataclass(frozen=True, slots=True)
class Opened:
    """How a person comes in now: by a letter with a link, by a printed card, or as before, with a role more."""

    invitation: Invitation | None = None
    token: str = ""
    cards: dict[Card, str] = field(default_factory=dict)


class WayKind(StrEnum):
    NONE = "none"
    INVITED = "invited"
    ADDRESS = "address"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Way:
    """How a person comes in as `role`: `by` is the address or the login name; `refusal` why no way can be given."""

    role: Role
    kind: WayKind
    by: str = ""
    refusal: str = ""


def open_door(*, person: Person, role: str, by: Actor) -> Opened:
    """Let the person in as mentor or mentee: by letter to his address, else by a card to print.

    Someone whose address has an account in the school gets the role with it. Asked again, the letter is sent anew or
    a new card made. Raises DomainError for someone who takes no such part, for a minor before the consent is in
    force, and after a withdrawal or a refusal.
    """
    with transaction.atomic():
        locked = lock_doors(person)
        if refusal := why_no_door(locked, role):
            raise DomainError(refusal)
        if locked.user is None:
            _tie(locked, _account_in_school(locked), by)
        if locked.user is not None:
            return _admit(locked, Role(role), by)
        return _invite(locked, Role(role), by) if locked.email else _hand_card(locked, Role(role), by)


def tie_invited(invitation: Invitation, membership: Membership) -> None:
    """The account that accepted a person's invitation is the person's from then on."""
    taken = Person.objects.filter(school=membership.school, user=membership.user)
    if not taken.exists():
        Person.objects.filter(invitation=invitation, school=membership.school, user=None).update(user=membership.user)


def close_doors(person: Person, parts: Sequence[int], by: Actor) -> None:
    """End the roles of mentor and mentee that no part but these gives the person, after a withdrawal; once none is left,
    what would still let him in as well.
    """
    with transaction.atomic():
        locked = lock_doors(person)
        left = set(locked.enrolments.enrolled().exclude(pk__in=parts).values_list("side", flat=True))
        invitation = locked.invitation
        if not left and invitation and invitation.state == PassState.WAITING:
            revoke_invitation(invitation=invitation, by=by)
        over = [role for role, side in ROLES.items() if side not in left]
        rows = Membership.objects.active().filter(school=locked.school, user=locked.user, role__in=over)
        for membership in rows.select_related("school", "user") if locked.user_id else ():
            withdraw_membership(membership=membership, by=by)


def lock_doors(person: Person) -> Person:
    """Hold the person and everything that lets him in, before a line of the journal is written."""
    locked = locked_person(person)
    if locked.user_id:
        list(
            Membership.objects.select_for_update(no_key=True)
            .filter(user=locked.user, school=locked.school)
            .order_by("pk")
        )
        list(Card.objects.select_for_update(no_key=True).filter(user=locked.user, state=PassState.WAITING))
    return locked


def why_no_door(person: Person, role: str) -> str:
    """Why the person can not be let in in this role, in words; empty where he can."""
    if role not in ROLES or not person.enrolments.enrolled().filter(side=ROLES[Role(role)]).exists():
        return _("Enter the person's part in the programme first, then give a way to log in.")
    today = today_in(person.school)
    standing = standing_of(person, today)
    if standing in ENDED:
        return _("Without a consent nobody is given a way to log in.")
    if person.is_minor_on(today) and standing != Standing.IN_FORCE:
        return _("Under 18 a way to log in is given once the parent's consent is in force.")
    return ""


def door_of(person: Person) -> list[Way]:
    """How the person comes in, for each side he takes part on now."""
    sides = set(person.enrolments.enrolled().values_list("side", flat=True))
    held = Membership.objects.active().filter(school=person.school, user=person.user_id or 0)
    roles = set(held.values_list("role", flat=True))
    return [_way(person, role, has_role=role in roles) for role, side in ROLES.items() if side in sides]


def _way(person: Person, role: Role, *, has_role: bool) -> Way:
    invitation = person.invitation
    if has_role and person.user:
        is_by_mail = bool(person.user.email)
        return Way(role, WayKind.ADDRESS if is_by_mail else WayKind.CARD, person.user.email or person.user.login)
    if invitation and invitation.state == PassState.WAITING and invitation.role == role:
        return Way(role, WayKind.INVITED, invitation.email)
    return Way(role, WayKind.NONE, refusal=why_no_door(person, role))


def _account_in_school(person: Person) -> User | None:
    """The account of a member of the school with the person's address."""
    if not person.email:
        return None
    members = Membership.objects.active().filter(school=person.school)
    return User.objects.filter(email__iexact=person.email, pk__in=members.values("user")).first()


def _tie(person: Person, user: User | None, by: Actor) -> None:
    if user is None:
        return
    if Person.objects.filter(school=person.school, user=user).exists():
        raise DomainError(_("The account with this address belongs to another person of the register."))
    person.user = user
    person.save(update_fields=("user",))
    record_event(verb="tie", thing=person, school=person.school, detail={"user": user.pk}, by=by)


def _admit(person: Person, role: Role, by: Actor) -> Opened:
    assert person.user is not None
    membership, is_new = Membership.objects.get_or_create(
        user=person.user, school=person.school, role=role, ended_at=None, defaults={"post": person.place}
    )
    if is_new:
        record_event(verb="join", thing=membership, school=person.school, by=by)
    if person.user.email or (is_new and person.user.has_usable_password()):
        return Opened()
    return Opened(cards=issue_cards(memberships=[membership], by=by))


def _invite(person: Person, role: Role, by: Actor) -> Opened:
    waiting = person.invitation
    if waiting and waiting.state == PassState.WAITING and waiting.role == role:
        return Opened(waiting, resend_invitation(invitation=waiting, by=by))
    invitee = Invitee(
        role=role,
        email=person.email,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        post=person.place,
    )
    invitation, token = invite_person(school=person.school, invitee=invitee, by=by)
    person.invitation = invitation
    person.save(update_fields=("invitation",))
    return Opened(invitation, token)


def _hand_card(person: Person, role: Role, by: Actor) -> Opened:
    membership = add_card_holder(
        school=person.school,
        role=role,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        post=person.place,
        by=by,
    )
    _tie(person, membership.user, by)
    return Opened(cards=issue_cards(memberships=[membership], by=by))
