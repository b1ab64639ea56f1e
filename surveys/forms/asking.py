"""How a question is named and described to those who write it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.content import Kind

KIND_LABELS: Mapping[Kind, object] = {
    Kind.SCALE: pgettext_lazy("question", "scale with labelled ends"),
    Kind.YES_NO: pgettext_lazy("question", "yes or no"),
    Kind.ONE: pgettext_lazy("question", "one answer of several"),
    Kind.SEVERAL: pgettext_lazy("question", "several answers"),
    Kind.MATRIX: pgettext_lazy("question", "table: one answer in each row"),
    Kind.NUMBER: pgettext_lazy("question", "number"),
    Kind.DATE: pgettext_lazy("question", "date"),
    Kind.SHORT: pgettext_lazy("question", "short text, one line"),
    Kind.LONG: pgettext_lazy("question", "long text"),
    Kind.PEOPLE: pgettext_lazy("question", "people of this year, by preference"),
    Kind.RANKING: pgettext_lazy("question", "answers put in order of importance"),
    Kind.FILE: pgettext_lazy("question", "file"),
}
FILE_LABELS = (
    ("image", _("pictures")),
    ("pdf", _("PDF files")),
    ("document", _("documents and sheets")),
)
FILL_LABELS: Mapping[str, Mapping[str, object]] = {
    "mentee": {
        "request": _("the main request"),
        "wanted_help": _("the wanted help"),
        "areas": _("the areas of help, by their names"),
        "interests": _("the interests of the person"),
        "available": _("the free hours of the week"),
        "role_model": _("the role model, by its name"),
    },
    "mentor": {
        "competences": _("the main competences"),
        "achievements": _("the achievements"),
        "areas": _("the areas of help, by their names"),
        "interests": _("the interests of the person"),
        "available": _("the free hours of the week"),
        "role_model": _("the role model, by its name"),
        "wanted_age": _("the wanted age of mentees"),
    },
}
