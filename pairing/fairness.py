"""How pairs and waiting fall by class, sex and form: counts alone, for the curator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pairing.board import has_mentor
from pairing.models import OPEN_MATCHES, Match
from participants.models import Enrolment
from participants.models.person import Sex


@dataclass(frozen=True, slots=True)
class Share:
    """One group of mentees: how many there are, have a mentor, wait for a decision, have nobody; `days` is the median
    of the days since those without a mentor were enrolled, None where there are none.
    """

    name: str
    total: int
    paired: int
    proposed: int
    alone: int
    days: int | None

    @property
    def percent(self) -> int:
        """Of the group those with a mentor, in whole per cent."""
        return round(100 * self.paired / self.total)


@dataclass(frozen=True, slots=True)
class _Row:
    form: str
    class_name: str
    sex: str
    is_paired: bool
    is_proposed: bool
    days: int


def shares_of(mentees: QuerySet[Enrolment]) -> list[tuple[str, list[Share]]]:
    """By form, class and sex, and everybody together first; one query."""
    rows = _read(mentees)
    if not rows:
        return []
    sexes = {str(sex.value): str(sex.label) for sex in Sex}
    return [
        (_("All mentees"), [_share(_("All together"), rows)]),
        (_("By form of mentoring"), _shares(rows, [row.form for row in rows])),
        (_("By class"), _shares(rows, [row.class_name or _("no class") for row in rows])),
        (_("By sex"), _shares(rows, [sexes.get(row.sex, _("not said")).capitalize() for row in rows])),
    ]


def _read(mentees: QuerySet[Enrolment]) -> list[_Row]:
    waiting = Match.objects.filter(mentee=OuterRef("pk"), state__in=OPEN_MATCHES)
    now = timezone.now()
    found = mentees.order_by("person__class_name", "pk").annotate(paired=has_mentor(), proposed=Exists(waiting))
    columns = ("form__name", "person__class_name", "person__sex", "paired", "proposed", "created_at")
    return [
        _Row(form, class_name, sex, paired, proposed and not paired, (now - since).days)
        for form, class_name, sex, paired, proposed, since in found.values_list(*columns)
    ]


def _shares(rows: list[_Row], names: Iterable[str]) -> list[Share]:
    groups: dict[str, list[_Row]] = {}
    for name, row in zip(names, rows, strict=True):
        groups.setdefault(name, []).append(row)
    return [_share(name, group) for name, group in groups.items()]


def _share(name: str, rows: list[_Row]) -> Share:
    alone = [row.days for row in rows if not row.is_paired and not row.is_proposed]
    return Share(
        name=name,
        total=len(rows),
        paired=sum(row.is_paired for row in rows),
        proposed=sum(row.is_proposed for row in rows),
        alone=len(alone),
        days=round(median(alone)) if alone else None,
    )
