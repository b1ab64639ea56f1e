"""A spreadsheet of people: read, looked over, written, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, School, StoredFile, User
from core.states import Moves
from participants.models.enrolment import Enrolment
from participants.models.form import MentoringForm
from participants.models.person import Person
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class SheetSide(models.TextChoices):
    """As what the people of a spreadsheet come in."""

    MENTEE = "mentee", _("mentees")
    MENTOR = "mentor", _("mentors")
    PERSON = "person", _("people of the school, without a part in the programme")


class SheetState(models.TextChoices):
    """READ: its columns are guessed and shown; COMPARED: each row has its status; WRITTEN; TAKEN_BACK."""

    READ = "read", _("read")
    COMPARED = "compared", _("looked over")
    WRITTEN = "written", _("written")
    TAKEN_BACK = "back", _("taken back")


class PeopleSheetQuerySet(models.QuerySet["PeopleSheet"]):
    def visible_to(self, actor: Actor) -> PeopleSheetQuerySet:
        """The sheets of the school, for the curator."""
        return self.filter(school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class PeopleSheet(models.Model):
    """One file. `columns` is a list of `{"header": str, "field": str|null}` in the order of the sheet.

    `source` is the sent file, sealed and kept until the rows are compared, then deleted; the sheet itself is deleted 30
    days after the upload.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="people_sheets")
    side = models.CharField(_("people come in as"), max_length=6, choices=SheetSide.choices)
    cycle = models.ForeignKey(Cycle, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    form = models.ForeignKey(
        MentoringForm,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form of mentoring"),
    )
    name = models.CharField(max_length=255)
    sheet_name = models.CharField(max_length=100, blank=True, default="")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    columns = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.READ)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleSheetQuerySet.as_manager()

    MOVES: Moves = {
        SheetState.READ: frozenset({SheetState.COMPARED}),
        SheetState.COMPARED: frozenset({SheetState.READ, SheetState.WRITTEN}),
        SheetState.WRITTEN: frozenset({SheetState.TAKEN_BACK}),
        SheetState.TAKEN_BACK: frozenset(),
    }

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(side__in=SheetSide.values), name="sheet_side_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=(SheetState.READ, SheetState.COMPARED), written_at=None)
                | Q(state__in=(SheetState.WRITTEN, SheetState.TAKEN_BACK), written_at__isnull=False),
                name="sheet_was_written_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"people sheet {self.pk}"


class RowStatus(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("same")
    WRONG = "wrong", _("wrong")


class SheetRowQuerySet(models.QuerySet["SheetRow"]):
    def visible_to(self, actor: Actor) -> SheetRowQuerySet:
        return self.filter(sheet__in=PeopleSheet.objects.visible_to(actor))


class SheetRow(models.Model):
    """One row of the file under its own `number`.

    `cells` are the values by field, those that wait for a consent left out and named in `left_out`; `changes` a list of
    `{"field", "old", "new"}`; `errors` of `{"column", "text"}`; `undo` what the writing overwrote and made, by which the
    sheet is taken back.
    """

    sheet = models.ForeignKey(PeopleSheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=RowStatus.choices)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="sheet_rows")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cells = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    errors = models.JSONField(default=list, blank=True)
    undo = models.JSONField(default=dict, blank=True)
    is_written = models.BooleanField(default=False)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("sheet", "number"), name="one_row_per_sheet_and_number"),
            models.CheckConstraint(condition=Q(status__in=RowStatus.values), name="row_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=RowStatus.WRONG) | Q(is_written=False), name="a_wrong_row_is_never_written"
            ),
        )

    def __str__(self) -> str:
        return f"row {self.number} of sheet {self.sheet_id}"


class ColumnMemoryQuerySet(models.QuerySet["ColumnMemory"]):
    def visible_to(self, actor: Actor) -> ColumnMemoryQuerySet:
        return self.filter(school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class ColumnMemory(models.Model):
    """What a school's column means, once the curator has said so; an empty `field` is a column to be passed over."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=SheetSide.choices)
    header_key = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True, default="")

    objects = ColumnMemoryQuerySet.as_manager()

    class Meta:
        ordering = ("header_key",)
        constraints = (
            models.UniqueConstraint(fields=("school", "side", "header_key"), name="one_meaning_per_header"),
            models.CheckConstraint(condition=Q(side__in=SheetSide.values), name="memory_side_is_known"),
        )

    def __str__(self) -> str:
        return f"column memory {self.pk}"
