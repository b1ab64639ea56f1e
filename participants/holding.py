"""All that is held on one person: every app registers what it keeps, in words that he himself can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.db.models.enums import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import MentoringForm, Person, RoleModel

Line = tuple[tuple[str, str], ...]
"""One row as pairs of a label and a value; empty values are left out."""


class Fate(TextChoices):
    """What becomes of it when the person's data are destroyed."""

    GOES = "goes", gettext_lazy("is destroyed")
    BARE = "bare", gettext_lazy("stays without words and names, for the figures")
    SEALED = "sealed", gettext_lazy("is sealed until the end of its term")
    STAYS = "stays", gettext_lazy("stays as it is, for a reason")


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of what is held. `why` says why it does not go."""

    title: str | Promise
    lines: tuple[Line, ...]
    fate: Fate = Fate.GOES
    why: str | Promise = ""


Reader = Callable[[Person], Iterable[Held]]

LABELS: dict[str, str | Promise] = {
    "state": gettext_lazy("How it stands now"),
    "purpose": gettext_lazy("What the consent is for"),
    "expires_on": gettext_lazy("The last day it holds"),
    "reason": gettext_lazy("Remark to it"),
    "route": gettext_lazy("How it came"),
    "channel": gettext_lazy("How the link was given"),
    "datum": gettext_lazy("Which datum"),
    "ground": gettext_lazy("Ground of the pair"),
    "ended_on": gettext_lazy("Ended on"),
}
"""Of columns whose models have no words for them."""

_readers: list[tuple[Reader, frozenset[str]]] = []


def register_holding(reader: Reader, models: Iterable[str]) -> None:
    """Add what an app keeps; `models` names those it reads, as `app.Model`. Called from the app's `receivers`."""
    _readers.append((reader, frozenset(models)))


def models_told() -> set[str]:
    """The models that are read for the people they are about."""
    return {label for _reader, labels in _readers for label in labels}


def all_held_on(person: Person) -> list[Held]:
    """Everything, empty kinds left out."""
    return [held for reader, _models in _readers for held in reader(person) if held.lines]


def line(*pairs: tuple[str, object]) -> Line:
    """A row of these labels and values; days and choices are put in words."""
    told = ((label, words_of(value)) for label, value in pairs)
    return tuple((label, words) for label, words in told if words)


def columns_of(row: Model, names: Sequence[str]) -> tuple[tuple[str, object], ...]:
    """Columns of a row under their own names; a choice by its label."""
    found: list[tuple[str, object]] = []
    for name in names:
        column = row._meta.get_field(name)
        value = getattr(row, f"get_{name}_display")() if getattr(column, "choices", None) else getattr(row, name)
        label = str(LABELS.get(name) or getattr(column, "verbose_name", name))
        found.append((label[:1].upper() + label[1:], value))
    return tuple(found)


def words_of(value: object) -> str:
    """A value as text: «12 марта 2026», «да», «Математика, Физика»; moments in the zone they come in."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes, it is so") if value else _("no, it is not so")
    if isinstance(value, datetime):
        return date_format(value, "j E Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j E Y")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value.name if isinstance(value, MentoringForm | RoleModel) else str(value)
