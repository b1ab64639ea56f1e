"""What is typed is kept at once, until it is sent: an answer under a name may be begun here and ended elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.files import delete_file
from core.models import StoredFile
from core.ready_queries import ReadyQuery
from surveys.content import Content, Question, content_read_before
from surveys.drafting import FILES, Draft, Merged, merge_page
from surveys.models import Campaign, CampaignState, Respondent, Response
from surveys.models.campaign import RespondentQuerySet
from surveys.questions import Raw, name_of
from surveys.services.erasing import FILE_PURPOSE

OWN = ReadyQuery(Response.objects.all, by="respondent")


def _locked() -> RespondentQuerySet:
    rows = Respondent.objects.asked().select_for_update(of=("self",)).select_related("campaign")
    return rows.only("campaign__state")


LOCKED = ReadyQuery(_locked)


class TakesNoAnswers(DomainError):
    """The survey is closed, or this one is asked no longer."""


class AlreadySent(DomainError):
    """What was sent does not change."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the draft now, and what came of the page."""

    draft: Draft
    merged: Merged


def content_of(respondent: Respondent) -> Content:
    """What the respondent is asked."""
    return content_read_before(respondent.campaign.version.content)


def draft_of(respondent: Respondent) -> Draft:
    """What was typed so far, `{name of a field: values}`; empty where nothing was, or all was sent."""
    row = Response.objects.filter(respondent=respondent, is_sent=False).first()
    return dict(row.draft) if row else {}


def save_draft(*, respondent: Respondent, content: Content, page: Raw) -> Kept:
    """Keep what a page has, question by question; see `drafting.merge_page`. Raises TakesNoAnswers, AlreadySent."""
    with transaction.atomic():
        lock_respondent(respondent)
        row = own_response(respondent)
        merged = merge_page(content, dict(row.draft), page)
        if merged.changed:
            _write(row, merged.draft)
    return Kept(merged.draft, merged)


def put_file(*, respondent: Respondent, question: Question, file: StoredFile | None, by: Actor) -> None:
    """Name the stored file as the answer, in place of an earlier one; None takes the answer back.

    Raises TakesNoAnswers, AlreadySent.
    """
    name = name_of(question)
    with transaction.atomic():
        lock_respondent(respondent)
        row = own_response(respondent)
        gone = row.draft.get(name, [])
        draft = {key: values for key, values in row.draft.items() if key != name}
        files = [key for key in row.draft.get(FILES, []) if key not in gone]
        if file:
            draft[name], files = [str(file.pk)], [*files, str(file.pk)]
        _write(row, draft | {FILES: files})
        for old in StoredFile.objects.filter(pk__in=gone, purpose=FILE_PURPOSE):
            delete_file(old, by=by)


def lock_respondent(respondent: Respondent) -> None:
    """Two devices stand in line here. Raises TakesNoAnswers by what the row and the campaign are now."""
    row = LOCKED.get(respondent.pk)
    if row is None:
        raise TakesNoAnswers(_("Your answers are not awaited any more. If in doubt, ask the curator of the school."))
    refuse_shut_campaign(row.campaign)


def refuse_shut_campaign(campaign: Campaign) -> None:
    """Raise TakesNoAnswers where the campaign is not open."""
    if campaign.state != CampaignState.OPEN:
        raise TakesNoAnswers(
            _("The survey is closed, so the answers are taken no longer. What you typed stands on this page alone.")
        )


def own_response(row: Respondent) -> Response:
    """The response of a locked respondent, a new one that is not saved yet where there is none. Raises AlreadySent."""
    response = OWN.get(row.pk)
    if response is None:
        return Response(campaign_id=row.campaign_id, respondent_id=row.pk, began_at=timezone.now())
    if response.is_sent:
        raise AlreadySent(_("Your answers are sent already. Thank you!"))
    return response


def save_response(row: Response, *columns: str) -> None:
    """Write a new response whole, of an older one these columns and its revision."""
    row.revision += 1
    row.save(update_fields=(*columns, "revision") if row.pk else None)


def _write(row: Response, draft: Draft) -> None:
    row.draft = {name: values for name, values in draft.items() if values}
    save_response(row, "draft")
