"""Why a page of a pile waits for a person."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PageReason(TextChoices):
    """Kept with the page as its value; the empty one is a code that no try could read."""

    BLANK = "blank", _("the page is empty")
    SHUT = "shut", _("the page could not be opened: scan this sheet anew")
    FOREIGN = "foreign", _("the code on it is not that of a form")
    FORGED = "forged", _("the form was not printed here, or its code was altered")
    SEVERAL = "several", _("forms of several people lie on it: scan them apart")
    GONE = "gone", _("the form belongs to a consent that is kept no longer")
    ELSEWHERE = "elsewhere", _("the form belongs to another school: give the sheet back")
    CAME = "came", _("a copy of this form has come already and is being checked")
    GIVEN = "given", _("this consent is accepted already")
    CONTESTED = "contested", _("the guardians disagree on this consent: settle that first")
    ENDED = "ended", _("this consent is asked for no longer")
