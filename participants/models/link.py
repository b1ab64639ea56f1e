"""Personal links: the door of a guardian, or of an adult, who has no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.models import School
from core.states import Moves
from participants.models.person import REGISTER_READERS, Guardian, Person

if TYPE_CHECKING:
    from core.actors import Actor


MOST_WRONG = 5


class LinkChannel(models.TextChoices):
    """How a link reaches its holder; a new one by the same channel takes the place of the old."""

    LETTER = "letter", _("by e-mail")
    SLIP = "slip", _("on a printed slip")


class LinkState(models.TextChoices):
    OPEN = "open", _("open")
    REVOKED = "revoked", _("revoked")


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def visible_to(self, actor: Actor) -> PersonalLinkQuerySet:
        """The links of their school for those who keep the register; a holder sees his own."""
        if actor.role in REGISTER_READERS:
            return self.filter(school_id=actor.school_id)
        if actor.kind is ActorKind.LINK:
            return self.filter(pk=actor.link_key("personallink"))
        return self.none()

    def standing(self) -> PersonalLinkQuerySet:
        """Those that open something now, by the day of UTC."""
        return self.filter(state=LinkState.OPEN, expires_on__gte=timezone.now().date())


class PersonalLink(models.Model):
    """A link for one child (or adult) and the one who signs; only the digest of its token is kept.

    It stands until `expires_on`, shows a first name until the birth date is given, and can be renewed and revoked.
    After `MOST_WRONG` other dates in a row it opens nothing until a curator has renewed it.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    channel = models.CharField(max_length=6, choices=LinkChannel.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=LinkState.choices, default=LinkState.OPEN)
    expires_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonalLinkQuerySet.as_manager()

    MOVES: Moves = {LinkState.OPEN: frozenset({LinkState.REVOKED}), LinkState.REVOKED: frozenset()}

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=LinkChannel.values), name="link_channel_is_known"),
            models.UniqueConstraint(
                fields=("person", "channel"),
                condition=Q(state=LinkState.OPEN, guardian=None),
                name="one_open_link_per_person_and_channel",
            ),
            models.UniqueConstraint(
                fields=("person", "guardian", "channel"),
                condition=Q(state=LinkState.OPEN, guardian__isnull=False),
                name="one_open_link_per_person_guardian_and_channel",
            ),
        )

    def __str__(self) -> str:
        return f"personal link {self.pk}"

    @property
    def is_locked(self) -> bool:
        return self.wrong_tries >= MOST_WRONG
