"""Why someone pauses or leaves, as far as the journal may know it: keys, and never a word on health or the family."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoveReason(models.TextChoices):
    WISH = "wish", _("at the person's own wish")
    PARENTS = "parents", _("at the parents' wish")
    TIME = "time", _("there is no time for it")
    AWAY = "away", _("is away for a while")
    SCHOOL = "school", _("has left the school")
    CURATOR = "curator", _("by decision of the curator")
    WITHDRAWN = "withdrawn", _("the consent was withdrawn or has ended")


PAUSE_REASONS = (MoveReason.WISH, MoveReason.PARENTS, MoveReason.TIME, MoveReason.AWAY, MoveReason.CURATOR)
LEAVE_REASONS = (MoveReason.WISH, MoveReason.PARENTS, MoveReason.TIME, MoveReason.SCHOOL, MoveReason.CURATOR)
