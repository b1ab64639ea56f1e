"""Answers are sent: once, whole, and for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.files import delete_file
from core.journal import record_event
from core.models import StoredFile
from core.ready_queries import ReadyQuery, planning_once
from participants.models import Enrolment
from participants.services.cycles import today_in
from surveys.content import Content
from surveys.drafting import FILES
from surveys.models import Answer, Campaign, Measurement, Respondent, Response
from surveys.questions import Given, Raw, Reading, Refusal, raw_answers, read_answers
from surveys.services.audience import may_answer_on
from surveys.services.choices import around_of
from surveys.services.drafts import (
    AlreadySent,
    TakesNoAnswers,
    content_of,
    lock_respondent,
    own_response,
    refuse_shut_campaign,
    save_response,
)
from surveys.services.erasing import FILE_PURPOSE
from surveys.services.holding_back import Datum, Sheet, hold_sheets
from surveys.services.measuring import measure_response

LOCKED_PART = ReadyQuery(lambda: Enrolment.objects.select_for_update(no_key=True).only("pk"))
LOCKED_CAMPAIGN = ReadyQuery(lambda: Campaign.objects.select_for_update().only("state"))
NOTE_ANSWERED = (
    "UPDATE surveys_respondent SET has_answered = true "
    "WHERE id = %s AND NOT has_answered AND NOT is_excused AND stopped_at IS NULL"
)


class AnswersRefused(DomainError):
    """Some answers are missing or can not be taken; `refusals` has them by the key of their question."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(_("Some answers are still missing or have a mistake."))
        self.refusals: dict[str, list[Refusal]] = reading.refusals


def send_response(
    *, respondent: Respondent, content: Content, raw: Raw | None = None, for_other: bool = False, by: Actor
) -> Response:
    """Send the draft, or `raw` in its place, under the respondent's name; what was sent already stays as it is.

    With `for_other` somebody of the school typed it from paper. Raises AnswersRefused, TakesNoAnswers.
    """
    with transaction.atomic():
        _lock_part(respondent)
        lock_respondent(respondent)
        _refuse_uncleared(respondent)
        try:
            response = own_response(respondent)
        except AlreadySent:
            return Response.objects.get(respondent=respondent)
        typed = response.draft if raw is None else raw
        reading = read_answers(content, typed, around_of(respondent, content, typed))
        if reading.refusals:
            raise AnswersRefused(reading)
        _write(response, reading, entered_by=by.user_id if for_other else None, by=by)
        _note_answered(respondent)
        if respondent.campaign.wave:
            measure_response(response)
        record_event(
            verb="enter" if for_other else "answer",
            thing=response,
            school=respondent.campaign.cycle.programme.school,
            by=by,
        )
    return response


def send_anonymous(*, respondent: Respondent, content: Content, raw: Raw) -> None:
    """Hold the answers back among others; that he has answered is all that is kept of the respondent.

    Sent twice it counts once. Raises AnswersRefused, TakesNoAnswers.
    """
    reading = read_answers(content, raw)
    if reading.refusals:
        raise AnswersRefused(reading)
    with transaction.atomic():
        # Everyone of the campaign stands in line behind its lock: what can be known before is asked before. That the
        # consent does not end meanwhile is seen to by the lock of the part.
        _lock_part(respondent)
        _refuse_uncleared(respondent)
        campaign = LOCKED_CAMPAIGN.get(respondent.campaign_id)
        if campaign is None:
            raise Campaign.DoesNotExist
        refuse_shut_campaign(campaign)
        if _note_answered(respondent):
            hold_sheets(campaign=campaign, content=content, sheets=[sheet_of(reading)])


def reopen_response(*, response: Response, by: Actor) -> None:
    """Give sent answers back to their respondent to be changed and sent anew. Raises DomainError."""
    with transaction.atomic():
        rows = Respondent.objects.select_related("campaign__version", "campaign__cycle__programme__school")
        respondent = rows.get(response=response)
        _lock_part(respondent)
        lock_respondent(respondent)
        row = Response.objects.select_for_update().get(pk=response.pk)
        if not row.is_sent:
            raise DomainError(_("These answers are not sent yet, so they can still be changed."))
        row.draft = _typed_again(content_of(respondent), row.answers.all())
        row.is_sent, row.sent_at, row.entered_by, row.taken_at, row.taken_by = False, None, None, None, None
        row.revision += 1
        row.save()
        row.answers.all().delete()
        Measurement.objects.filter(response=row).delete()
        Respondent.objects.filter(pk=respondent.pk).update(has_answered=False)
        record_event(verb="reopen", thing=row, school=respondent.campaign.cycle.programme.school, by=by)


def sheet_of(reading: Reading) -> Sheet:
    """The answers as they are held back."""
    return tuple(
        Datum(key, row.item, row.number, row.text) for key in reading.asked for row in reading.given.get(key, ())
    )


def given_of(answers: Iterable[Answer]) -> dict[str, list[Given]]:
    """Rows as they are kept, by the key of their question."""
    found: dict[str, list[Given]] = {}
    for row in answers:
        datum = Given(row.item, row.number, row.text, row.chosen_id, row.file_id)
        found.setdefault(row.question, []).append(datum)
    return found


def _write(response: Response, reading: Reading, *, entered_by: int | None, by: Actor) -> None:
    left = set(map(int, response.draft.get(FILES, ())))
    response.is_sent, response.sent_at, response.draft = True, timezone.now(), {}
    response.entered_by_id = entered_by
    save_response(response, "is_sent", "sent_at", "draft", "entered_by")
    Answer.objects.bulk_create(_rows(response, reading))
    left -= {row.file for rows in reading.given.values() for row in rows if row.file}
    for file in StoredFile.objects.filter(pk__in=left, purpose=FILE_PURPOSE) if left else ():
        delete_file(file, by=by)


def _rows(response: Response, reading: Reading) -> Iterable[Answer]:
    for key in reading.asked:
        for row in reading.given.get(key, ()):
            yield Answer(
                response=response,
                question=key,
                item=row.item,
                number=row.number,
                text=row.text,
                chosen_id=row.chosen,
                file_id=row.file,
            )


def _typed_again(content: Content, answers: Sequence[Answer] | Iterable[Answer]) -> dict[str, list[str]]:
    given = given_of(answers)
    files = [str(row.file) for rows in given.values() for row in rows if row.file]
    return raw_answers(content, given) | ({FILES: files} if files else {})


def _note_answered(respondent: Respondent) -> bool:
    """Whether he had not answered before."""
    with planning_once() as cursor:
        cursor.execute(NOTE_ANSWERED, [respondent.pk])
        return bool(cursor.rowcount)


def _lock_part(respondent: Respondent) -> None:
    """The part in the year before the respondent, in the order in which a withdrawal locks them."""
    if respondent.enrolment_id:
        LOCKED_PART.get(respondent.enrolment_id)


def _refuse_uncleared(respondent: Respondent) -> None:
    """Without a consent in force nothing is taken, even before anybody has stopped the survey. Raises TakesNoAnswers."""
    if not may_answer_on(respondent, today_in(respondent.campaign.cycle.programme.school)):
        raise TakesNoAnswers(_("Your answers are not awaited any more. If in doubt, ask the curator of the school."))
