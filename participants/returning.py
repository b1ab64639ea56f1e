"""Why a copy of a consent is sent back: the reasons that have a key of their own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnReason(models.TextChoices):
    """Such a reason may stand in a letter; a free text is shown on the signer's own page alone."""

    NO_SIGNATURE = "no_signature", _("there is no signature or date")
    UNREADABLE = "unreadable", _("it cannot be read")
    NOT_FILLED = "not_filled", _("not every blank is filled in")
