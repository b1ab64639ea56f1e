"""How a person comes in for the first time: by an invitation, by a printed card, or as the very first one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, School, User

if TYPE_CHECKING:
    from core.actors import Actor

INVITATION_LIVES = timedelta(days=14)
CARD_LIVES = timedelta(days=60)
START_CODE_LIVES = timedelta(hours=24)
KEPT_AFTER_CLOSING = timedelta(days=90)


class PassState(models.TextChoices):
    """The life of an invitation or a card; one that is past its term simply opens nothing."""

    WAITING = "waiting", _("not used yet")
    USED = "used", _("used")
    REVOKED = "revoked", _("revoked")


MOVES = {
    PassState.WAITING: frozenset({PassState.USED, PassState.REVOKED}),
    PassState.USED: frozenset[PassState](),
    PassState.REVOKED: frozenset[PassState](),
}


CLOSED = Q(state=PassState.WAITING, closed_at=None) | (~Q(state=PassState.WAITING) & Q(closed_at__isnull=False))


def outlived() -> Q:
    """Those closed or expired so long ago that they are kept no longer, see docs/data_retention.toml."""
    line = timezone.now() - KEPT_AFTER_CLOSING
    return Q(closed_at__lt=line) | Q(closed_at=None, expires_at__lt=line)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        """The invitations of their school, for its curators and administrators."""
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.none()

    def open_by(self, token_hash: str) -> Invitation | None:
        """The invitation a link with this digest opens; None alike for altered, used, expired and revoked ones."""
        rows = self.filter(state=PassState.WAITING, expires_at__gt=timezone.now())
        return rows.select_related("school").filter(token_hash=token_hash).first()


class Invitation(models.Model):
    """A role in a school offered to the reader of one e-mail address; its link works once."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    email = models.EmailField(_("e-mail"))
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=PassState.choices, default=PassState.WAITING)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PassState.values), name="invitation_state_is_known"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(state=PassState.USED, user__isnull=False) | (~Q(state=PassState.USED) & Q(user=None)),
                name="invitation_has_a_user_once_used",
            ),
            models.CheckConstraint(condition=CLOSED, name="invitation_is_closed_unless_waiting"),
            models.UniqueConstraint(
                fields=("school", "role", "email"),
                condition=Q(state=PassState.WAITING),
                name="one_waiting_invitation_per_school_role_and_address",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk} {self.role} {self.state}"

    @property
    def has_expired(self) -> bool:
        return self.state == PassState.WAITING and self.expires_at <= timezone.now()

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, actor: Actor) -> CardQuerySet:
        """The cards given out by their school, for its curators and administrators."""
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.none()

    def open_by(self, token_hash: str) -> Card | None:
        """The card a link with this digest opens; None alike for altered, used, expired and revoked ones."""
        rows = self.filter(state=PassState.WAITING, expires_at__gt=timezone.now())
        return rows.select_related("school", "user").filter(token_hash=token_hash).first()


class Card(models.Model):
    """A printed card with a login name and a link that is used once to set a code."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=PassState.choices, default=PassState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PassState.values), name="card_state_is_known"),
            models.CheckConstraint(condition=CLOSED, name="card_is_closed_unless_waiting"),
            models.UniqueConstraint(
                fields=("user",), condition=Q(state=PassState.WAITING), name="one_waiting_card_per_user"
            ),
        )

    def __str__(self) -> str:
        return f"card {self.pk} {self.state}"


class StartCode(models.Model):
    """The one-time code, printed on the console, that opens the first-start page of an empty installation."""

    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"start code {self.pk}"
