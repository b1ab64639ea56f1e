"""Surveys of a person who was entered twice: all of them go over to the part that stays."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from participants.moving_over import Merging
from surveys.models import Answer, Measurement, Respondent, Response
from surveys.services.erasing import delete_responses


def move_surveys(parts: Mapping[int, int]) -> None:
    """Point what was asked, chosen and measured from the parts that go to those that stay."""
    for gone, kept in parts.items():
        for row in Respondent.objects.filter(enrolment=gone).select_related("response"):
            twin = (
                Respondent.objects.filter(campaign=row.campaign_id, enrolment=kept).select_related("response").first()
            )
            if twin:
                _join(twin, row)
            else:
                Respondent.objects.filter(pk=row.pk).update(enrolment=kept)
        _move_figures(gone, kept)
        _move_choices(gone, kept)


def settle_surveys(merging: Merging) -> list[str]:
    """Which answers and figures will be there no more, for both had them."""
    answers = figures = 0
    for goes, stays in merging.parts:
        twice = Response.objects.filter(respondent__enrolment=stays).values("respondent__campaign")
        answers += Response.objects.filter(respondent__enrolment=goes, respondent__campaign__in=twice).count()
        there = Measurement.objects.filter(enrolment=stays, parameter=OuterRef("parameter"), wave=OuterRef("wave"))
        figures += Measurement.objects.filter(Exists(there), enrolment=goes).count()
    told = (
        (answers, _("Surveys that both have answered: %(n)s. The answers sent later stay, the others are deleted.")),
        (figures, _("Figures that both have: %(n)s. Those of the part that stays hold, the others are deleted.")),
    )
    return [words % {"n": count} for count, words in told if count]


def _join(stays: Respondent, goes: Respondent) -> None:
    """Asked twice in one campaign: the answer that was sent holds, of two the later, else what was typed further."""
    hashes = {name: getattr(stays, name) or getattr(goes, name) for name in ("letter_hash", "slip_hash", "code_hash")}
    answered = stays.has_answered or goes.has_answered
    stopped = stays.stopped_at or goes.stopped_at
    if _weight(goes) > _weight(stays):
        delete_responses(Response.objects.filter(respondent=stays), by=SYSTEM)
        Response.objects.filter(respondent=goes).update(respondent=stays)
        Measurement.objects.filter(response__respondent=stays).update(enrolment=stays.enrolment_id)
    else:
        delete_responses(Response.objects.filter(respondent=goes), by=SYSTEM)
    goes.delete()
    Respondent.objects.filter(pk=stays.pk).update(has_answered=answered, stopped_at=stopped, **hashes)


def _weight(respondent: Respondent) -> tuple[bool, float, int]:
    response: Response | None = getattr(respondent, "response", None)
    if response is None:
        return False, 0.0, 0
    return response.is_sent, response.sent_at.timestamp() if response.sent_at else 0.0, response.revision + 1


def _move_figures(gone: int, kept: int) -> None:
    """A figure that both have stays as the part that stays has it."""
    there = set(Measurement.objects.filter(enrolment=kept).values_list("parameter", "wave"))
    for row in Measurement.objects.filter(enrolment=gone):
        if (row.parameter_id, row.wave) in there:
            row.delete()
        else:
            Measurement.objects.filter(pk=row.pk).update(enrolment=kept)


def _move_choices(gone: int, kept: int) -> None:
    """Whoever chose both has chosen one, in the better place."""
    for row in Answer.objects.filter(chosen=gone):
        twin = Answer.objects.filter(response=row.response_id, question=row.question, chosen=kept).first()
        if twin is None:
            Answer.objects.filter(pk=row.pk).update(chosen=kept)
            continue
        row.delete()
        if row.number is not None and (twin.number is None or row.number < twin.number):
            twin.number = row.number
            twin.save()
