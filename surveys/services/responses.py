"""The answers of one respondent under his name, for those who may read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.actors import Actor
from participants.models import Enrolment
from surveys.content import Content, Question, content_from_json
from surveys.models import Answer, Respondent, Response
from surveys.questions import Around, asked_keys, score_of, show_answer
from surveys.services.answers import given_of
from surveys.services.audience import may_answer


@dataclass(frozen=True, slots=True)
class Said:
    """What one answered to a question, a line for each thing said; `files` are the keys and names of those he added."""

    question: Question
    lines: list[str]
    files: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class SectionSaid:
    title: str
    answers: list[Said]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that one answered; `score` is the sum of scores and `level` what it means, None and empty without any."""

    sections: list[SectionSaid]
    score: int | None
    level: str


def readable(actor: Actor, today: date) -> QuerySet[Response]:
    """The sent answers that the actor may read under a name: of those whose consent is in force, and of the staff."""
    named = Response.objects.visible_to(actor).counted().filter(respondent__isnull=False)
    known = named.filter(respondent__in=Respondent.objects.filter(may_answer(today)).values("pk"))
    return known.select_related(
        "campaign__version__questionnaire",
        "campaign__cycle__programme__school",
        "respondent__enrolment__person__school",
        "respondent__enrolment__form",
        "respondent__enrolment__cycle__programme",
        "respondent__enrolment__role_model",
        "respondent__membership__user",
        "entered_by",
        "taken_by",
    )


def name_in(response: Response) -> str:
    """Whose answers they are."""
    asked = response.respondent
    assert asked is not None
    if asked.enrolment:
        return asked.enrolment.person.full_name
    assert asked.membership is not None
    return asked.membership.user.full_name


def sheet_of(response: Response, today: date) -> Sheet:
    """What was answered, in the order of the questions, those that were asked alone."""
    content = content_from_json(response.campaign.version.content)
    rows = list(response.answers.select_related("file"))
    given = given_of(rows)
    asked = set(asked_keys(content, given))
    files = {row.question: (row.pk, row.file.name) for row in rows if row.file}
    around = _around(content, rows, today)

    def said(questions: Sequence[Question]) -> Iterator[Said]:
        for question in questions:
            if question.key in asked:
                file = files.get(question.key)
                lines = [] if file else show_answer(question, given.get(question.key, ()), around)
                yield Said(question, lines, [file] if file else [])

    sections = [SectionSaid(section.title, list(said(section.questions))) for section in content.sections]
    is_scored = any(option.score is not None for question in content.questions() for option in question.options)
    score = score_of(content, given) if is_scored else None
    level = content.level_of(score) if score is not None else None
    return Sheet([section for section in sections if section.answers], score, level.text if level else "")


def _around(content: Content, rows: Sequence[Answer], today: date) -> Around:
    """The people who were chosen and may be named, on whatever side."""
    chosen = [row.chosen_id for row in rows if row.chosen_id]
    people = Enrolment.objects.cleared(today).filter(pk__in=chosen).select_related("person") if chosen else ()
    names = {row.pk: row.person.full_name for row in people}
    return Around(people={question.side: names for question in content.questions() if question.side})
