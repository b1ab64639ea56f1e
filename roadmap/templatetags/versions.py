"""How two versions of a plan are shown beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy

from roadmap.comparison import FieldPair, Piece
from roadmap.services.versions import VersionState

register = template.Library()

EXTRA = "extra."
LABELS: dict[str, str | Promise] = {
    "title": pgettext_lazy("compared", "Title"),
    "organisation": pgettext_lazy("compared", "Organisation"),
    "preamble": pgettext_lazy("compared", "Before the table"),
    "period": pgettext_lazy("compared", "Period"),
    "approvals": pgettext_lazy("compared", "Stamps"),
    "columns": pgettext_lazy("compared", "Columns"),
    "number": pgettext_lazy("compared", "Number"),
    "name": pgettext_lazy("compared", "Name"),
    "goal": pgettext_lazy("compared", "Goal"),
    "task": pgettext_lazy("compared", "Task"),
    "result": pgettext_lazy("compared", "Result"),
    "section": pgettext_lazy("compared", "Section"),
    "text": pgettext_lazy("compared", "Activity"),
    "term_text": pgettext_lazy("compared", "Term"),
    "days": pgettext_lazy("compared", "Days"),
    "responsible_text": pgettext_lazy("compared", "Responsible"),
}


@register.filter
def approval_words(state: VersionState | None) -> str:
    """«Утверждена редакция 2 от 31 августа 2026; после неё изменено 3 мероприятия»"""
    if state is None:
        return gettext("The plan is not approved yet")
    version = state.version
    said = gettext("Version %(number)s of %(day)s is approved") % {
        "number": version.number,
        "day": date_format(version.approved_on, "j E Y"),
    }
    if state.changed:
        words = ngettext(
            "%(said)s; %(count)s activity was changed after it",
            "%(said)s; %(count)s activities were changed after it",
            state.changed,
        )
        return words % {"said": said, "count": state.changed}
    return (
        gettext("%(said)s; the title page or the stages were changed after it") % {"said": said}
        if state.differs
        else said
    )


@register.filter
def field_label(name: str) -> str:
    """What a field of the comparison is called; a further column has its own heading."""
    return name.removeprefix(EXTRA) if name.startswith(EXTRA) else str(LABELS[name])


@register.filter
def old_side(pair: FieldPair) -> SafeString:
    """The older text, what was taken away struck out; for the ear too."""
    return _side(pair.old, "del", gettext("taken away:"))


@register.filter
def new_side(pair: FieldPair) -> SafeString:
    """The newer text, what was added underlined."""
    return _side(pair.new, "ins", gettext("added:"))


def _side(pieces: Iterable[Piece], tag: str, said: str) -> SafeString:
    return format_html_join("", "{}", ((_shown(piece, tag, said),) for piece in pieces))


def _shown(piece: Piece, tag: str, said: str) -> SafeString:
    """The piece, marked where it differs; the spaces before it are no part of the mark."""
    text = piece.text.lstrip(" \t\xa0")
    if not piece.differs or not text.strip():
        return format_html("{}", piece.text)
    spaces, begins, ends = piece.text[: -len(text)], SafeString(f"<{tag}>"), SafeString(f"</{tag}>")
    return format_html('{}{}<span class="visually-hidden">{} </span>{}{}', spaces, begins, said, text, ends)
