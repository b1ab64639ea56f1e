"""Consents and their life, from the asking to the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.models import Role, StoredFile, User
from core.states import Moves
from participants.models.consent_text import ConsentPurpose, ConsentText
from participants.models.link import PersonalLink
from participants.models.person import REGISTER_READERS, Guardian, Person

if TYPE_CHECKING:
    from core.actors import Actor


class ConsentState(models.TextChoices):
    """ACCEPTED waits for the paper original, where the school wants it; CONTESTED until the curator has settled what
    two guardians disagree on; REPLACED was followed by a newer one in force; INVALID never should have been accepted.
    """

    ASKED = "asked", _("asked for")
    SENT = "sent", _("sent, to be checked")
    RETURNED = "returned", _("sent back")
    ACCEPTED = "accepted", _("accepted, the original is awaited")
    CONTESTED = "contested", _("the guardians disagree")
    IN_FORCE = "in_force", _("in force")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("no longer asked for")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("past its term")
    REPLACED = "replaced", _("replaced by a newer one")
    INVALID = "invalid", _("found invalid")


OPEN_CONSENTS = (
    ConsentState.ASKED,
    ConsentState.SENT,
    ConsentState.RETURNED,
    ConsentState.ACCEPTED,
    ConsentState.CONTESTED,
)
"""The states in which something is still awaited from somebody."""
LIVE_CONSENTS = (*OPEN_CONSENTS, ConsentState.IN_FORCE)


_ACCEPTING = frozenset({ConsentState.ACCEPTED, ConsentState.IN_FORCE})
_NOT_GIVEN = frozenset({ConsentState.DECLINED, ConsentState.CANCELLED})


class ConsentRoute(models.TextChoices):
    """The way by which the signed form came."""

    LINK = "link", _("by the personal link")
    PAPER = "paper", _("on paper, scanned at the school")
    IN_PERSON = "person", _("signed in person at the school")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        """All of the school for those who keep the register; those who sign see what they are asked for.

        Those of a person whose data were destroyed are sealed: see `participants.services.sealed`.
        """
        if actor.role in REGISTER_READERS:
            return self.filter(person__school_id=actor.school_id, person__destroyed_at=None)
        if actor.kind is ActorKind.LINK:
            link = PersonalLink.objects.filter(pk=actor.link_key("personallink")).first()
            return self.filter(person=link.person_id, guardian=link.guardian_id) if link else self.none()
        rows = self.filter(person__school_id=actor.school_id)
        if actor.role == Role.GUARDIAN:
            return rows.filter(guardian__user_id=actor.user_id)
        return rows.filter(guardian=None, person__user_id=actor.user_id)

    def in_force(self, today: date) -> ConsentQuerySet:
        """Those on which the school may rely today."""
        return self.filter(state=ConsentState.IN_FORCE, expires_on__gte=today)


class Consent(models.Model):
    """One consent for one purpose, from the asking to its end. `guardian` signs for a minor, None is the person himself.

    `paper` is the very form that was given out, `attempt` counts what was sent in, `reason` says in words why it
    was sent back, declined, contested or found invalid. `expires_on` is the last day it may be relied on. `route` is how
    the signed form came and `taken_by` the member of the school who took it, None where it was sent by the link;
    `original_*` tell of the paper itself.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="consents")
    purpose = models.CharField(max_length=12, choices=ConsentPurpose.choices)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    state = models.CharField(max_length=10, choices=ConsentState.choices, default=ConsentState.ASKED)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True, default="")
    expires_on = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    route = models.CharField(max_length=6, choices=ConsentRoute.choices, blank=True, default="")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    original_on = models.DateField(_("original received on"), null=True, blank=True)
    original_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    original_place = models.CharField(_("where the original is kept"), max_length=200, blank=True, default="")

    objects = ConsentQuerySet.as_manager()

    MOVES: Moves = {
        ConsentState.ASKED: _ACCEPTING | {ConsentState.SENT, ConsentState.CONTESTED} | _NOT_GIVEN,
        ConsentState.SENT: _ACCEPTING | {ConsentState.RETURNED, ConsentState.CONTESTED} | _NOT_GIVEN,
        ConsentState.RETURNED: _ACCEPTING | {ConsentState.SENT, ConsentState.CONTESTED} | _NOT_GIVEN,
        ConsentState.ACCEPTED: frozenset(
            {ConsentState.IN_FORCE, ConsentState.CONTESTED, ConsentState.WITHDRAWN, ConsentState.INVALID}
        )
        | _NOT_GIVEN,
        ConsentState.CONTESTED: _ACCEPTING
        | {ConsentState.SENT, ConsentState.WITHDRAWN, ConsentState.INVALID}
        | _NOT_GIVEN,
        ConsentState.IN_FORCE: frozenset(
            {
                ConsentState.CONTESTED,
                ConsentState.WITHDRAWN,
                ConsentState.EXPIRED,
                ConsentState.REPLACED,
                ConsentState.INVALID,
            }
        ),
        ConsentState.DECLINED: frozenset(),
        ConsentState.CANCELLED: frozenset(),
        ConsentState.WITHDRAWN: frozenset(),
        ConsentState.EXPIRED: frozenset(),
        ConsentState.REPLACED: frozenset(),
        ConsentState.INVALID: frozenset(),
    }
    """ASKED to ACCEPTED or IN_FORCE is a paper handed over in person; nothing leaves an end: one asks anew."""

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE_CONSENTS, ended_at=None)
                | (~Q(state__in=LIVE_CONSENTS) & Q(ended_at__isnull=False)),
                name="consent_is_ended_unless_live",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ConsentState.IN_FORCE, ConsentState.ACCEPTED, ConsentState.RETURNED))
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="consent_was_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ConsentState.SENT, ConsentState.RETURNED))
                | Q(sent_at__isnull=False, attempt__gte=1),
                name="consent_was_sent_in_an_attempt",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=ConsentPurpose.LABOUR) | Q(guardian=None),
                name="an_employee_signs_for_himself",
            ),
            models.CheckConstraint(condition=Q(route__in=["", *ConsentRoute.values]), name="consent_route_is_known"),
            models.CheckConstraint(
                condition=Q(original_on=None, original_by=None, original_place="") | Q(original_on__isnull=False),
                name="an_original_came_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("person", "purpose"),
                condition=Q(state__in=OPEN_CONSENTS, guardian=None),
                name="one_open_consent_per_person_and_purpose",
            ),
            models.UniqueConstraint(
                fields=("person", "purpose", "guardian"),
                condition=Q(state__in=OPEN_CONSENTS, guardian__isnull=False),
                name="one_open_consent_per_person_purpose_and_guardian",
            ),
            models.UniqueConstraint(
                fields=("person", "purpose"),
                condition=Q(state=ConsentState.IN_FORCE, guardian=None),
                name="one_own_consent_in_force_per_purpose",
            ),
            models.UniqueConstraint(
                fields=("person", "purpose", "guardian"),
                condition=Q(state=ConsentState.IN_FORCE, guardian__isnull=False),
                name="one_consent_in_force_per_purpose_and_guardian",
            ),
        )
        indexes = (models.Index(fields=("state", "sent_at"), name="consent_by_state"),)

    def __str__(self) -> str:
        return f"consent {self.pk} {self.purpose} {self.state}"
