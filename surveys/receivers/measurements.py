"""What measurements add to the menu and to the activities of the roadmap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from core.navigation import register_item
from participants.models import Enrolment
from participants.services.cycles import today_in
from roadmap.evidence import Evidence, register_evidence
from roadmap.models import Cycle, EvidenceKind
from surveys.models import SURVEY_READERS, Measurement, MeasurementWave, Parameter

PLACES = ("/surveys/changes/", "/surveys/measurements/", "/surveys/parameters/")


def evidence_of_measurements(cycles: Sequence[int]) -> dict[int, Evidence]:
    """Of how many who take part there is any figure at the entry and at the exit; in the second half of a year it is
    the exit that proves the activity.
    """
    rows = Cycle.objects.filter(pk__in=cycles).select_related("programme__school")
    days = {row: today_in(row.programme.school) for row in rows}
    return {
        cycle.pk: _evidence(cycle, people, before, after, is_late=today - cycle.starts_on > cycle.ends_on - today)
        for cycle, people, before, after, today in _counted(days)
    }


def _counted(days: dict[Cycle, date]) -> Iterator[tuple[Cycle, int, int, int, date]]:
    """A query for each of the days there are: it is one, or two where schools lie far apart."""
    measured = Parameter.objects.filter(
        school=OuterRef("cycle__programme__school"), side=OuterRef("side"), is_used=True
    ).order_by()
    figures = Measurement.objects.filter(enrolment=OuterRef("pk")).order_by()
    for today in set(days.values()):
        here = [cycle for cycle in days if days[cycle] == today]
        rows = Enrolment.objects.enrolled().filter(Exists(measured), cycle__in=here).cleared(today).order_by()
        counts = rows.values_list("cycle").annotate(
            people=Count("pk"),
            before=Count("pk", filter=Exists(figures.filter(wave=MeasurementWave.ENTRY))),
            after=Count("pk", filter=Exists(figures.filter(wave=MeasurementWave.EXIT))),
        )
        found = {cycle: figures for cycle, *figures in counts}
        for cycle in here:
            people, before, after = found.get(cycle.pk, (0, 0, 0))
            yield cycle, people, before, after, today


def _evidence(cycle: Cycle, people: int, before: int, after: int, *, is_late: bool) -> Evidence:
    words = _("measured before: %(before)s of %(people)s, after: %(after)s")
    missing = people - (after if is_late else before)
    lacks = ngettext("%(n)s person is not measured yet", "%(n)s people are not measured yet", missing)
    year = f"?cycle={cycle.pk}"
    return Evidence(
        words % {"before": before, "people": people, "after": after},
        reverse("surveys:change_show") + year,
        after if is_late else before,
        people,
        lacks % {"n": missing} if missing else "",
        reverse("surveys:measurement_grid") + year if missing else "",
    )


register_evidence(EvidenceKind.MEASUREMENT, evidence_of_measurements)
register_item(pgettext_lazy("measurement", "Before and after"), "surveys:change_show", SURVEY_READERS, 55, also=PLACES)
