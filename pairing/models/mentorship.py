"""A mentorship: the pair or group that an order has put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.models import Role, School
from core.states import Moves
from pairing.models.match import Match
from participants.models import Enrolment, Person
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class MentorshipState(models.TextChoices):
    ACTIVE = "active", _("active")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped early")


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    def visible_to(self, actor: Actor) -> MentorshipQuerySet:
        """All of the school for those who keep the register; a mentor his own; a mentee, or who signs for one,
        those the mentee stands in now.
        """
        if actor.role in REGISTER_READERS:
            return self.filter(school_id=actor.school_id)
        if actor.role == Role.MENTOR:
            return self.filter(school_id=actor.school_id, mentor__person__user_id=actor.user_id)
        if actor.role in {Role.MENTEE, Role.GUARDIAN} or actor.kind is ActorKind.LINK:
            standing = Place.objects.filter(left_on=None, mentee__person__in=Person.objects.visible_to(actor))
            return self.filter(school_id=actor.school_id, pk__in=standing.values("mentorship"))
        return self.none()


class Mentorship(models.Model):
    """One mentor with one mentee or a group, from the order to the end; `ground` names the order in words."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="mentorships")
    state = models.CharField(max_length=10, choices=MentorshipState.choices, default=MentorshipState.ACTIVE)
    ground = models.CharField(max_length=300)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=500, blank=True, default="")

    objects = MentorshipQuerySet.as_manager()

    MOVES: Moves = {
        MentorshipState.ACTIVE: frozenset({MentorshipState.FINISHED, MentorshipState.STOPPED}),
        MentorshipState.FINISHED: frozenset(),
        MentorshipState.STOPPED: frozenset(),
    }

    class Meta:
        ordering = ("mentor__person__sort_key", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=MentorshipState.values), name="mentorship_state_is_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="mentorship_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state=MentorshipState.ACTIVE, ended_on=None)
                | (~Q(state=MentorshipState.ACTIVE) & Q(ended_on__isnull=False)),
                name="mentorship_has_ended_unless_active",
            ),
            models.UniqueConstraint(
                fields=("mentor",),
                condition=Q(state=MentorshipState.ACTIVE),
                name="one_active_mentorship_per_mentor_and_form",
            ),
        )

    def __str__(self) -> str:
        return f"mentorship {self.pk} {self.state}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, actor: Actor) -> PlaceQuerySet:
        """The places of the mentorships the actor sees; a mentee, or who signs for one, the mentee's own."""
        rows = self.filter(mentorship__in=Mentorship.objects.visible_to(actor))
        if actor.role in REGISTER_READERS or actor.role == Role.MENTOR:
            return rows
        return rows.filter(mentee__person__in=Person.objects.visible_to(actor))


class Place(models.Model):
    """One mentee in a mentorship, and the approved match he came by."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="places")
    mentee = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="places")
    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="place")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("mentee__person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("mentee",), condition=Q(left_on=None), name="one_active_mentor_per_mentee_and_form"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="place_is_left_after_it_is_taken"
            ),
        )

    def __str__(self) -> str:
        return f"place {self.pk}"
