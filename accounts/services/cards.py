"""People without e-mail: they come in with a printed card."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import CARD_LIVES, Card, PassState
from accounts.tokens import digest, new_token
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, Role, School, User
from core.states import move


def add_person(
    *, school: School, role: Role, surname: str, given_name: str, patronymic: str, post: str, by: Actor
) -> Membership:
    """A person without e-mail and his role; he can come in once a card is printed for him."""
    with transaction.atomic():
        user = User.objects.create_user(surname=surname, given_name=given_name, patronymic=patronymic)
        membership = Membership.objects.create(user=user, school=school, role=role, post=post)
        record_event(verb="join", thing=membership, school=school, by=by)
    return membership


def issue_cards(*, memberships: Sequence[Membership], by: Actor) -> dict[Card, str]:
    """A fresh card for each person, with the token of its link; earlier cards, codes and sessions end.

    Raises DomainError where one of them has an e-mail address or acts in another school too: a card would
    let this school take over what is not its own.
    """
    cards: dict[Card, str] = {}
    with transaction.atomic():
        people = {row.user_id: row.school for row in memberships}
        for user in User.objects.select_for_update().filter(pk__in=people).order_by("pk"):
            _refuse_card(user, people[user.pk])
            _withdraw_cards(user, by)
            user.set_unusable_password()
            user.save(update_fields=("password",))
            card, token = _new_card(user, people[user.pk])
            record_event(verb="issue", thing=card, school=card.school, detail={"user": user.pk}, by=by)
            cards[card] = token
    return cards


def use_card(*, card: Card, code: str, by: Actor) -> User:
    """Set the person's code and use the card up. Raises TransitionRefused for a second use."""
    with transaction.atomic():
        locked = Card.objects.select_for_update(of=("self",)).select_related("school", "user").get(pk=card.pk)
        _close(locked, PassState.USED, by=by)
        locked.user.set_password(code)
        locked.user.save(update_fields=("password",))
    return locked.user


def withdraw_cards(*, user: User, by: Actor) -> None:
    """Make every card of the person open nothing."""
    with transaction.atomic():
        _withdraw_cards(user, by)


def _withdraw_cards(user: User, by: Actor) -> None:
    waiting = Card.objects.select_for_update(of=("self",)).select_related("school")
    for card in waiting.filter(user=user, state=PassState.WAITING):
        _close(card, PassState.REVOKED, by=by)


def _close(card: Card, state: PassState, *, by: Actor) -> None:
    card.closed_at = timezone.now()
    move(card, state, school=card.school, also=("closed_at",), by=by)


def _new_card(user: User, school: School) -> tuple[Card, str]:
    token = new_token()
    card = Card.objects.create(
        user=user, school=school, token_hash=digest(token), expires_at=timezone.now() + CARD_LIVES
    )
    return card, token


def _refuse_card(user: User, school: School) -> None:
    if user.email:
        raise DomainError(_("This person has an e-mail address and logs in by a code sent there."))
    if Membership.objects.active().filter(user=user).exclude(school=school).exists():
        raise DomainError(_("This person has a role in another school too, so the code can not be reset here."))
