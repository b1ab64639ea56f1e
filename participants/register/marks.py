"""What is marked of a mentor at a training, in one word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Attendance


class Mark(models.TextChoices):
    """APART is for whom the training is not meant."""

    APART = "apart", _("is not put down")
    AWAITED = "awaited", _("is awaited")
    ABSENT = "absent", _("did not come")
    CAME = "came", _("came")
    PASSED = "passed", _("came, result passed")
    FAILED = "failed", _("came, result not passed")


COLUMNS: dict[Mark, tuple[bool | None, bool | None]] = {
    Mark.AWAITED: (None, None),
    Mark.ABSENT: (False, None),
    Mark.CAME: (True, None),
    Mark.PASSED: (True, True),
    Mark.FAILED: (True, False),
}
"""Whether someone has come and whether he has passed, by the mark."""


def mark_of(row: Attendance | None) -> Mark:
    """The mark that a row stands for; none, that he is not put down."""
    if row is None:
        return Mark.APART
    columns = (row.has_come, row.has_passed)
    return next(mark for mark, known in COLUMNS.items() if known == columns)
