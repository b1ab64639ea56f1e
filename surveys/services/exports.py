"""The answers of a campaign as a workbook: a row for each response, a column for each datum, and what they mean."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.files import delete_file, store_file
from core.jobs import Progress, start_job
from core.journal import record_event
from core.models import Job, StoredFile
from participants.models import Enrolment
from participants.services.cycles import today_in
from surveys.content import Content, content_from_json
from surveys.models import Answer, Campaign, Respondent, Response
from surveys.questions import score_of
from surveys.results import LEAST_GROUP
from surveys.results.book import Line, answers_book
from surveys.results.sheet import Column, Names, columns_of
from surveys.services.answers import given_of
from surveys.services.audience import may_answer

ANSWERS_XLSX = "answers-xlsx"
"""The kind of job that writes the workbook of a large campaign."""
AT_ONCE = 1000
"""So many responses are written while the person waits; more, by the worker."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = timedelta(days=1)
CHUNK = 500
NAMED = ("ФИО", "Класс", "Форма наставничества", "Дата ответа")
SCORE = "Сумма баллов"


@dataclass(frozen=True, slots=True)
class Book:
    name: str
    data: bytes
    count: int


def exportable(campaign: Campaign) -> QuerySet[Response]:
    """The responses that may leave: of an anonymous campaign those released, else of those who may be asked today."""
    rows = Response.objects.counted().filter(campaign=campaign)
    if campaign.is_anonymous:
        return rows.filter(respondent=None)
    today = today_in(campaign.cycle.programme.school)
    return rows.filter(respondent__in=Respondent.objects.filter(may_answer(today)).values("pk"))


def write_book(*, campaign: Campaign, with_names: bool, by: Actor) -> Book | Job:
    """The workbook, or above `AT_ONCE` responses the job that writes it.

    Raises DomainError where nothing may be shown: no answers, or fewer than five without names.
    """
    with_names = with_names and not campaign.is_anonymous
    count = exportable(campaign).count()
    if not count:
        raise DomainError(_("There are no answers to be written into a spreadsheet yet."))
    if count < LEAST_GROUP and not with_names:
        raise DomainError(_("There are too few answers: with fewer than five it would be told whose each is."))
    if not campaign.is_anonymous:
        detail: dict[str, object] = {"answers": count, "names": with_names}
        record_event(verb="export", thing=campaign, school=by.school, detail=detail, by=by)
    if count > AT_ONCE:
        key = f"{ANSWERS_XLSX}:{secrets.token_hex(16)}"
        payload: dict[str, object] = {"campaign": campaign.pk, "names": with_names}
        return start_job(key=key, kind=ANSWERS_XLSX, payload=payload, by=by)
    return make_book(campaign, with_names=with_names)


def make_answers(job: Job, progress: Progress) -> StoredFile:
    """The workbook that a job asks for. Raises Campaign.DoesNotExist."""
    rows = Campaign.objects.select_related("version__questionnaire", "cycle__programme__school")
    campaign = rows.get(pk=job.payload["campaign"], cycle__programme__school=job.school)
    book = make_book(campaign, with_names=bool(job.payload["names"]), progress=progress)
    return store_file(
        school=job.school, purpose="answers", name=book.name, content_type=XLSX, data=book.data, by=SYSTEM
    )


def make_book(campaign: Campaign, *, with_names: bool, progress: Progress | None = None) -> Book:
    """The workbook; without names the rows stand in the order of what they say, which tells nothing of who came when."""
    content = content_from_json(campaign.version.content)
    columns = columns_of(content, with_names=with_names)
    with translation.override("ru"):
        lines = list(_lines(campaign, content, columns, with_names, progress))
        if not with_names:
            lines.sort(key=lambda line: [str(value) for value in line])
        heads = [*(NAMED if with_names else ()), *(column.code for column in columns)]
        heads += [SCORE] if _is_scored(content) else []
        data = answers_book(heads, lines, about=_about(campaign, len(lines)), content=content, columns=columns)
    return Book(f"Ответы {campaign.cycle.label} {campaign.pk}.xlsx", data, len(lines))


def remove_written_answers() -> int:
    """Delete the workbooks of more than a day ago; their number."""
    old = Job.objects.filter(kind=ANSWERS_XLSX, finished_at__lt=timezone.now() - KEPT).select_related("result__school")
    for job in old:
        with transaction.atomic():
            job.delete()
            if job.result:
                delete_file(job.result, by=SYSTEM)
    return len(old)


def _lines(
    campaign: Campaign, content: Content, columns: Sequence[Column], with_names: bool, progress: Progress | None
) -> Iterator[Line]:
    rows = exportable(campaign)
    names = _chosen(campaign) if with_names else {}
    head = _head_in(campaign.cycle.programme.school.zone) if with_names else _nothing
    is_scored, total = _is_scored(content), rows.count()
    found = rows.select_related("respondent__enrolment__person", "respondent__enrolment__form")
    found = found.select_related("respondent__membership__user").prefetch_related("answers")
    ordered = found.order_by("respondent__enrolment__person__sort_key", "pk")
    for number, response in enumerate(ordered.iterator(chunk_size=CHUNK), 1):
        given = given_of(response.answers.all())
        cells = [column.value(given.get(column.question.key, ()), names) for column in columns]
        yield [*head(response), *cells, *([score_of(content, given)] if is_scored else [])]
        if progress and number % CHUNK == 0:
            progress(min(number, total), total)


def _nothing(_response: Response) -> Line:
    return []


def _head_in(zone: ZoneInfo) -> Callable[[Response], Line]:
    """Who answered, and on which day where the school is."""

    def head(response: Response) -> Line:
        asked = response.respondent
        assert asked is not None
        assert response.sent_at is not None
        sent_on: date = response.sent_at.astimezone(zone).date()
        if asked.enrolment:
            person = asked.enrolment.person
            return [person.full_name, person.class_name, asked.enrolment.form.name, sent_on]
        assert asked.membership is not None
        return [asked.membership.user.full_name, "", "", sent_on]

    return head


def _chosen(campaign: Campaign) -> Names:
    """The names of those who were chosen and whose consents are in force."""
    keys = Answer.objects.filter(response__in=exportable(campaign), chosen__isnull=False).order_by().values("chosen")
    rows = Enrolment.objects.cleared(today_in(campaign.cycle.programme.school)).filter(pk__in=keys)
    return {row.pk: row.person.full_name for row in rows.select_related("person")}


def _is_scored(content: Content) -> bool:
    return any(option.score is not None for question in content.questions() for option in question.options)


def _about(campaign: Campaign, count: int) -> list[tuple[str, str]]:
    questionnaire = campaign.version.questionnaire
    return [
        ("Опрос", campaign.title),
        ("Анкета", f"{questionnaire.title}, версия {campaign.version.number}"),
        ("Учебный год", campaign.cycle.label),
        ("Дни ответов", f"{campaign.opens_on:%d.%m.%Y} – {campaign.closes_on:%d.%m.%Y}"),
        ("Анонимный", "да" if campaign.is_anonymous else "нет"),
        ("Ответов в таблице", str(count)),
    ]
