"""Orders and the lists they approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import KeyField
from core.models import School, StoredFile, User
from core.states import Moves
from pairing.models import Match
from participants.models.person import REGISTER_READERS
from reports.numbering import number_key
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class OrderState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    CANCELLED = "cancelled", _("cancelled")


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, actor: Actor) -> OrderQuerySet:
        """The orders of their school, for those who prepare and sign them."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class Order(models.Model):
    """An order of the head that approves pairs and groups; number and date may be blank while it is a draft.

    The texts are what stands on the paper: `title`, `preamble`, `points` (a list of paragraphs, numbered on paper),
    `familiar` (a list of [post, name] who sign that they have read it). `scan` is the signed paper.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="orders")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.DRAFT)
    number = models.CharField(_("number"), max_length=40)
    number_key = KeyField(of=("number",), by=number_key, max_length=40)
    dated_on = models.DateField(_("date of the order"))
    year = models.PositiveSmallIntegerField()
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    title = models.CharField(_("title"), max_length=500)
    preamble = models.TextField(_("preamble"))
    points = models.JSONField(default=list)
    signer_post = models.CharField(_("post of the one who signs"), max_length=200)
    signer_name = models.CharField(_("name of the one who signs"), max_length=200)
    familiar = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    scan = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_force_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_force_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    MOVES: Moves = {
        OrderState.DRAFT: frozenset({OrderState.IN_FORCE, OrderState.CANCELLED}),
        OrderState.IN_FORCE: frozenset(),
        OrderState.CANCELLED: frozenset(),
    }

    class Meta:
        ordering = ("-dated_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=OrderState.values), name="order_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=OrderState.IN_FORCE)
                | Q(scan__isnull=False, in_force_by__isnull=False, in_force_at__isnull=False),
                name="an_order_in_force_was_signed_and_scanned",
            ),
            models.UniqueConstraint(
                fields=("school", "year", "number_key"),
                condition=~Q(state=OrderState.CANCELLED),
                name="one_order_per_school_year_and_number",
            ),
        )

    def __str__(self) -> str:
        return f"order {self.pk} {self.state}"


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def visible_to(self, actor: Actor) -> OrderLineQuerySet:
        """The lines of the orders the actor sees."""
        return self.filter(order__in=Order.objects.visible_to(actor))


class OrderLine(models.Model):
    """One mentor with his mentees on the list of an order, in the words that stand on paper, frozen with it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    matches = models.ManyToManyField(Match, related_name="order_lines")
    mentor_text = models.CharField(_("mentor"), max_length=500)
    mentees_text = models.TextField(_("mentees"))
    form_text = models.CharField(_("form of mentoring"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("order", "place"), name="one_line_per_order_and_place"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="order_line_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"line {self.place} of order {self.order_id}"
