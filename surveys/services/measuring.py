"""Figures of people before and after: from what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from participants.models import Enrolment
from surveys.models import (
    Campaign,
    FigureSource,
    Measurement,
    MeasurementWave,
    Parameter,
    Response,
    Wave,
)
from surveys.statistics.figures import fits_scale, lies_within, mean_figure

WAVE_OF: Mapping[str, MeasurementWave] = {Wave.ENTRY: MeasurementWave.ENTRY, Wave.EXIT: MeasurementWave.EXIT}
"""What is measured in the middle of the year is compared with nothing."""
PUT = ("value", "source", "response", "entered_by", "entered_at", "measured_on")


def measure_response(response: Response) -> int:
    """Write the figures that the answers of a sent response give, the mean where several questions give one; how many.

    A later figure takes the place of an earlier one, so that doing it again changes nothing, and a figure that was
    entered after the response was sent stays. Anonymous answers give none.
    """
    with transaction.atomic():
        rows = Response.objects.select_related(
            "respondent__enrolment", "campaign__version", "campaign__cycle__programme__school"
        )
        row = rows.get(pk=response.pk)
        wave = _wave_of(row)
        if wave is None:
            return 0
        # One who answers two questionnaires at once has one figure of each parameter.
        Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment_of(row).pk)
        figures = _figures(row)
        Measurement.objects.filter(response=row).exclude(parameter__in=figures).delete()
        return _write(row, wave, figures)


def _wave_of(response: Response) -> MeasurementWave | None:
    """When the response measures; None where it gives no figure of anybody."""
    respondent, campaign = response.respondent, response.campaign
    if not response.is_sent or campaign.is_anonymous or respondent is None:
        return None
    if respondent.enrolment is None or respondent.stopped_at is not None:
        return None
    return WAVE_OF.get(campaign.wave)


def _figures(response: Response) -> dict[Parameter, Decimal]:
    """What the answers say of each parameter the school measures of this side, where it lies within the scale."""
    asked = questions_that_measure(response.campaign)
    parameters = Parameter.objects.filter(
        school_id=response.campaign.cycle.programme.school_id,
        side=enrolment_of(response).side,
        is_used=True,
        key__in={question["measure"] for question in asked},
    )
    given = _means(response, asked)
    found: dict[Parameter, Decimal] = {}
    for row in parameters:
        numbers = [
            given[question["key"]]
            for question in asked
            if question["measure"] == row.key and question["key"] in given and fits_scale(question, row.least, row.most)
        ]
        if numbers and lies_within(value := mean_figure(numbers), row.least, row.most):
            found[row] = value
    return found


def questions_that_measure(campaign: Campaign) -> list[Mapping[str, Any]]:
    """The questions of the campaign whose answers are figures of a parameter."""
    sections: Iterable[Mapping[str, Any]] = campaign.version.content.get("sections", ())
    return [question for section in sections for question in section.get("questions", ()) if question.get("measure")]


def _means(response: Response, asked: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """What each question says, by its key: one question has one say, however many rows it has."""
    answers = list(response.answers.order_by("pk"))
    found = {}
    for question in asked:
        own = ((answer.item, answer.number) for answer in answers if answer.question == question["key"])
        scores = {option["key"]: option.get("score") for option in question.get("options", ())}
        if numbers := list(_said(own, scores)):
            found[question["key"]] = sum(numbers, Decimal()) / len(numbers)
    return found


def _said(own: Iterable[tuple[str, Decimal | None]], scores: Mapping[str, int | None]) -> Iterator[Decimal]:
    for item, number in own:
        score = scores.get(item)
        if scores:
            if score is not None:
                yield Decimal(score)
        elif number is not None:
            yield number


def _write(response: Response, wave: MeasurementWave, figures: Mapping[Parameter, Decimal]) -> int:
    """How many of the figures of the response stand now."""
    assert response.sent_at is not None  # the constraint "a_response_has_a_name_and_a_moment_or_neither"
    enrolment = enrolment_of(response)
    found = Measurement.objects.filter(enrolment=enrolment, wave=wave, parameter__in=figures)
    there = {row.parameter_id: row for row in found}
    rows = [
        _put(
            response, there.get(parameter.pk) or Measurement(parameter=parameter, enrolment=enrolment, wave=wave), value
        )
        for parameter, value in figures.items()
        if parameter.pk not in there or not _is_newer(there[parameter.pk], response)
    ]
    Measurement.objects.bulk_create(row for row in rows if row.pk is None)
    Measurement.objects.bulk_update((row for row in rows if row.pk), PUT)
    return len(rows)


def _is_newer(row: Measurement, response: Response) -> bool:
    """Whether the figure came from elsewhere after the response was sent."""
    assert response.sent_at is not None
    return row.response_id != response.pk and row.entered_at > response.sent_at


def _put(response: Response, row: Measurement, value: Decimal) -> Measurement:
    assert response.sent_at is not None
    row.value, row.source, row.response, row.entered_by = value, FigureSource.SURVEY, response, response.entered_by
    row.entered_at = response.sent_at
    row.measured_on = timezone.localtime(response.sent_at, response.campaign.cycle.programme.school.zone).date()
    return row


def enrolment_of(response: Response) -> Enrolment:
    """Whose answers these are, of a response of someone who takes part."""
    assert response.respondent is not None
    assert response.respondent.enrolment is not None
    return response.respondent.enrolment
