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
from surveys.content import Content, Question, content_from_json
from surveys.drafting import FILES, Draft, Merged, merge_page
from surveys.models import CampaignState, Respondent, Response
from surveys.questions import Raw, name_of
from surveys.services.erasing import FILE_PURPOSE


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
    return content_from_json(respondent.campaign.version.content)


def draft_of(respondent: Respondent) -> Draft:
    """What was typed so far, `{name of a field: values}`; empty where nothing was, or all was sent."""
    row = Response.objects.filter(respondent=respondent, is_sent=False).first()
    return dict(row.draft) if row else {}


def save_draft(*, respondent: Respondent, content: Content, page: Raw) -> Kept:
    """Keep what a page has, question by question; see `drafting.merge_page`. Raises TakesNoAnswers, AlreadySent."""
    with transaction.atomic():
        row = own_response(locked_respondent(respondent))
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
        row = own_response(locked_respondent(respondent))
        gone = row.draft.get(name, [])
        draft = {key: values for key, values in row.draft.items() if key != name}
        files = [key for key in row.draft.get(FILES, []) if key not in gone]
        if file:
            draft[name], files = [str(file.pk)], [*files, str(file.pk)]
        _write(row, draft | {FILES: files})
        for old in StoredFile.objects.filter(pk__in=gone, purpose=FILE_PURPOSE):
            delete_file(old, by=by)


def locked_respondent(respondent: Respondent) -> Respondent:
    """The row as it stands, locked: two devices stand in line here. Raises TakesNoAnswers."""
    rows = Respondent.objects.asked().select_for_update(of=("self",)).select_related("campaign")
    row = rows.filter(pk=respondent.pk).first()
    if row is None:
        raise TakesNoAnswers(_("Your answers are not awaited any more. If in doubt, ask the curator of the school."))
    refuse_shut_campaign(row)
    return row


def refuse_shut_campaign(row: Respondent) -> None:
    """Raise TakesNoAnswers where the campaign is not open."""
    if row.campaign.state != CampaignState.OPEN:
        raise TakesNoAnswers(
            _("The survey is closed, so the answers are taken no longer. What you typed stands on this page alone.")
        )


def own_response(row: Respondent) -> Response:
    """The response of a locked respondent, begun where there is none. Raises AlreadySent."""
    response, _is_new = Response.objects.get_or_create(
        respondent=row, defaults={"campaign_id": row.campaign_id, "began_at": timezone.now()}
    )
    if response.is_sent:
        raise AlreadySent(_("Your answers are sent already. Thank you!"))
    return response


def _write(row: Response, draft: Draft) -> None:
    row.draft = {name: values for name, values in draft.items() if values}
    row.revision += 1
    row.save(update_fields=("draft", "revision"))
