"""What the two sides of a proposed pair say to it, before it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.models import Role
from core.states import Moves
from pairing.models.match import OPEN_MATCHES, Match
from participants.models import Enrolment, Person
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class AgreementState(models.TextChoices):
    ASKED = "asked", _("asked, no answer yet")
    AGREED = "agreed", _("agrees to the pair")
    DECLINED = "declined", _("does not agree to the pair")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> AgreementQuerySet:
        """Those of their school for who proposes and who decides; everyone else those about himself or his wards, as
        long as the pair is open.
        """
        if actor.role in REGISTER_READERS:
            return self.filter(match__school_id=actor.school_id)
        if actor.role in {Role.MENTOR, Role.MENTEE, Role.GUARDIAN} or actor.kind is ActorKind.LINK:
            mine = Person.objects.visible_to(actor)
            return self.filter(enrolment__person__in=mine, match__state__in=OPEN_MATCHES)
        return self.none()


class Agreement(models.Model):
    """One side of a match was asked; `note` is what it added. Both may change their mind until the pair is approved."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="agreements")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="agreements")
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.ASKED)
    note = models.CharField(_("what else is to be said of the pair"), max_length=300, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(_("when the side answered"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    MOVES: Moves = {
        AgreementState.ASKED: frozenset({AgreementState.AGREED, AgreementState.DECLINED}),
        AgreementState.AGREED: frozenset({AgreementState.DECLINED}),
        AgreementState.DECLINED: frozenset({AgreementState.AGREED}),
    }

    class Meta:
        ordering = ("match", "pk")
        constraints = (
            models.UniqueConstraint(fields=("match", "enrolment"), name="each_side_of_a_match_is_asked_once"),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=AgreementState.ASKED, answered_at=None)
                | (~Q(state=AgreementState.ASKED) & Q(answered_at__isnull=False)),
                name="an_agreement_is_answered_unless_asked",
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk} {self.state}"
