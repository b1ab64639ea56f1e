"""Answers typed from paper by somebody of the school, for whoever filled in the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from participants.services.cycles import today_in
from surveys.content import Content, content_from_json
from surveys.models import Campaign, Respondent, Response
from surveys.models.campaign import RespondentQuerySet
from surveys.questions import Raw, Reading
from surveys.services.answers import reopen_response, send_response, sheet_of
from surveys.services.audience import awaited
from surveys.services.drafts import refuse_shut_campaign
from surveys.services.holding_back import hold_sheets
from surveys.services.progress import in_sight


def to_type(campaign: Campaign, by: Actor) -> RespondentQuerySet:
    """Those whose sheets this actor may type: whom he may see, and whose answer is still wanted."""
    return awaited(in_sight(campaign, by), today_in(campaign.cycle.programme.school))


def type_response(*, respondent: Respondent, content: Content, raw: Raw, by: Actor) -> Response:
    """Send a sheet under the name of whoever filled it in; what was typed from paper before is typed anew.

    Raises AnswersRefused, TakesNoAnswers, and DomainError where he has answered himself meanwhile.
    """
    with transaction.atomic():
        earlier = Response.objects.filter(respondent=respondent, is_sent=True).first()
        if earlier and earlier.entered_by_id is None:
            raise DomainError(_("The answers of this person came by themselves meanwhile. They stay as they are."))
        if earlier:
            reopen_response(response=earlier, by=by)
        return send_response(respondent=respondent, content=content, raw=raw, for_other=True, by=by)


def type_unnamed(*, campaign: Campaign, respondents: Sequence[int], readings: Sequence[Reading], by: Actor) -> None:
    """Hold back sheets that bear no name, and count those who handed one in as answered; nobody knows whose is whose.

    Raises DomainError where the numbers differ or one of them has answered meanwhile, and TakesNoAnswers.
    """
    if len(set(respondents)) != len(readings):
        raise DomainError(
            _("There are %(sheets)s typed sheets and %(people)s people ticked. Both have to be the same number.")
            % {"sheets": len(readings), "people": len(set(respondents))}
        )
    sheets = [sheet_of(reading) for reading in readings]
    SystemRandom().shuffle(sheets)
    with transaction.atomic():
        locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        refuse_shut_campaign(locked)
        fresh = list(to_type(campaign, by).filter(pk__in=respondents).values_list("pk", flat=True))
        if len(fresh) != len(readings):
            raise DomainError(_("Somebody of them has answered meanwhile. Look at the list once more."))
        Respondent.objects.filter(pk__in=fresh).update(has_answered=True)
        hold_sheets(campaign=locked, content=content_from_json(campaign.version.content), sheets=sheets)
