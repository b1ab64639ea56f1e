"""Consents: their texts, their life, and the copies that came in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.models import Role, School, StoredFile, User
from core.states import Moves
from participants.models.link import PersonalLink
from participants.models.person import REGISTER_READERS, Guardian, Person

if TYPE_CHECKING:
    from core.actors import Actor


class ConsentPurpose(models.TextChoices):
    """One purpose, one paper (152-FZ art. 9; since 1 September 2025 apart from any other paper)."""

    PROCESSING = "processing", _("processing of personal data")
    LABOUR = "labour", _("mentoring an employee (Labour Code 351.8)")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def visible_to(self, actor: Actor) -> ConsentTextQuerySet:
        """The texts of their school, for those who keep the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class ConsentText(models.Model):
    """One version of what people of a school agree to; a changed text is a new version, never an edit.

    Item numbers are those of 152-FZ art. 9 (4). For `LABOUR` `purpose_text` is the work, `actions_text` its form
    and pay, and `data_text` and `processor_text` are empty.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="consent_texts")
    purpose = models.CharField(max_length=12, choices=ConsentPurpose.choices)
    version = models.PositiveSmallIntegerField()
    purpose_text = models.TextField(_("what for (item 4)"))
    data_text = models.TextField(_("which data (item 5)"), blank=True, default="")
    processor_text = models.TextField(_("who processes on the school's behalf (item 6)"), blank=True, default="")
    actions_text = models.TextField(_("actions and ways (item 7)"))
    term_text = models.TextField(_("term (item 8)"))
    withdrawal_text = models.TextField(_("how it is withdrawn (item 8)"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ("purpose", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "purpose", "version"), name="one_consent_text_per_school_purpose_and_version"
            ),
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="text_purpose_is_known"),
        )

    def __str__(self) -> str:
        return f"consent text {self.purpose} {self.version} of school {self.school_id}"


class ConsentState(models.TextChoices):
    ASKED = "asked", _("asked for")
    SENT = "sent", _("sent, to be checked")
    RETURNED = "returned", _("sent back")
    IN_FORCE = "in_force", _("in force")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("no longer asked for")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("past its term")


OPEN_CONSENTS = (ConsentState.ASKED, ConsentState.SENT, ConsentState.RETURNED)
"""The states in which something is still awaited from somebody."""
_LIVE = (*OPEN_CONSENTS, ConsentState.IN_FORCE)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        """All of the school for those who keep the register; those who sign see what they are asked for."""
        if actor.role in REGISTER_READERS:
            return self.filter(person__school_id=actor.school_id)
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
    was sent back or declined. It stays `expires_on` the last day it may be relied on.
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

    objects = ConsentQuerySet.as_manager()

    MOVES: Moves = {
        ConsentState.ASKED: frozenset(
            {ConsentState.SENT, ConsentState.IN_FORCE, ConsentState.DECLINED, ConsentState.CANCELLED}
        ),
        ConsentState.SENT: frozenset(
            {ConsentState.IN_FORCE, ConsentState.RETURNED, ConsentState.DECLINED, ConsentState.CANCELLED}
        ),
        ConsentState.RETURNED: frozenset(
            {ConsentState.SENT, ConsentState.IN_FORCE, ConsentState.DECLINED, ConsentState.CANCELLED}
        ),
        ConsentState.IN_FORCE: frozenset({ConsentState.WITHDRAWN, ConsentState.EXPIRED}),
        ConsentState.DECLINED: frozenset(),
        ConsentState.CANCELLED: frozenset(),
        ConsentState.WITHDRAWN: frozenset(),
        ConsentState.EXPIRED: frozenset(),
    }
    """ASKED to IN_FORCE is a paper handed over in person; nothing leaves an end: one asks anew."""

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=_LIVE, ended_at=None) | (~Q(state__in=_LIVE) & Q(ended_at__isnull=False)),
                name="consent_is_ended_unless_live",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ConsentState.IN_FORCE, ConsentState.RETURNED))
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
            models.UniqueConstraint(
                fields=("person", "purpose"),
                condition=Q(state__in=_LIVE, guardian=None),
                name="one_live_consent_per_person_and_purpose",
            ),
            models.UniqueConstraint(
                fields=("person", "purpose", "guardian"),
                condition=Q(state__in=_LIVE, guardian__isnull=False),
                name="one_live_consent_per_person_purpose_and_guardian",
            ),
        )
        indexes = (models.Index(fields=("state", "sent_at"), name="consent_by_state"),)

    def __str__(self) -> str:
        return f"consent {self.pk} {self.purpose} {self.state}"


class ConsentPageQuerySet(models.QuerySet["ConsentPage"]):
    def visible_to(self, actor: Actor) -> ConsentPageQuerySet:
        """The copies for the curator alone among the staff; whoever sent one sees it."""
        if actor.role == Role.ADMINISTRATOR:
            return self.none()
        return self.filter(consent__in=Consent.objects.visible_to(actor))


class ConsentPage(models.Model):
    """One page of what was sent in, re-encoded as a picture. `is_known` where the form's own code was read on it."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="pages")
    attempt = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_known = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConsentPageQuerySet.as_manager()

    class Meta:
        ordering = ("attempt", "place")
        constraints = (
            models.UniqueConstraint(fields=("consent", "attempt", "place"), name="one_page_per_attempt_and_place"),
        )

    def __str__(self) -> str:
        return f"page {self.place} of consent {self.consent_id}"
