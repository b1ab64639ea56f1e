"""What surveys say of the quality of a year: satisfaction, the curator's checklist, the SWOT analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from participants.models import Side
from reports.papers.monitoring import LEAST, Checklist, Satisfaction, SatisfactionLine
from reports.papers.monitoring.quality import FACTORS
from roadmap.models import Cycle
from surveys.content import Content, Kind, Question, content_from_json
from surveys.models import Answer, Campaign, CampaignState, QuestionnaireKind, Respondent, Response

MAIN = "liked"
"""The subject by which the satisfied are counted, in the standard questionnaires."""
FACTOR_KEYS = tuple(key for _where, *pair in FACTORS for key, _title in pair)
Given = dict[tuple[object, str], int]
"""The mark of a person, or of a response without a name, under a subject."""


def satisfaction_of(cycle: Cycle, as_of: date, satisfied_from: int) -> tuple[Satisfaction, ...]:
    """What both sides said until the day: the satisfaction survey, or the one at the exit where it has too few."""
    return tuple(_of_side(cycle, side.value, as_of, satisfied_from) for side in Side)


def _of_side(cycle: Cycle, side: str, as_of: date, satisfied_from: int) -> Satisfaction:
    first, second = (
        _asked(cycle, as_of, kind, side) for kind in (QuestionnaireKind.SATISFACTION, QuestionnaireKind.EXIT)
    )
    campaigns = first if _size(first) >= LEAST or not _size(second) else second
    names = tuple(dict.fromkeys(campaign.title for campaign in campaigns))
    asked = Respondent.objects.filter(campaign__in=campaigns).asked().values("enrolment").distinct().count()
    given, texts, people = _marks(campaigns)
    told = Satisfaction(side, asked if asked >= LEAST else None, None, surveys=names)
    if len(people) < LEAST:
        return told
    lines = [_line(subject, text, given, satisfied_from) for subject, text in texts.items()]
    shown = tuple(line for line in lines if line.answered >= LEAST)
    if not shown:
        return told
    marks = [mark for (_who, subject), mark in given.items() if subject == shown[0].subject]
    spread = tuple(marks.count(mark) for mark in range(1, 11))
    return Satisfaction(side, told.asked, len(people), shown, spread, names)


def _asked(cycle: Cycle, as_of: date, kind: str, side: str) -> list[Campaign]:
    rows = Campaign.objects.filter(
        cycle=cycle,
        opens_on__lte=as_of,
        state__in=(CampaignState.OPEN, CampaignState.CLOSED),
        version__questionnaire__kind=kind,
        version__questionnaire__answerer=side,
    )
    return list(rows.select_related("version").order_by("opens_on", "pk"))


def _size(campaigns: Sequence[Campaign]) -> int:
    return Response.objects.counted().filter(campaign__in=campaigns).count()


def _marks(campaigns: Sequence[Campaign]) -> tuple[Given, dict[str, str], set[object]]:
    """The latest mark of each person, the texts of the subjects (the main one first), and who answered."""
    places = {campaign.pk: place for place, campaign in enumerate(campaigns)}
    asked = {campaign.pk: _scales(content_from_json(campaign.version.content)) for campaign in campaigns}
    texts = {question.subject or question.key: question.text for known in asked.values() for question in known.values()}
    rows = Answer.objects.filter(response__in=Response.objects.counted().filter(campaign__in=campaigns)).order_by()
    found = rows.values_list("response__campaign", "response__respondent__enrolment", "response", "question", "number")
    given: Given = {}
    people: set[object] = set()
    for campaign, enrolment, response, key, number in sorted(found, key=lambda row: (places[row[0]], row[2])):
        who = enrolment or f"response {response}"
        people.add(who)
        if number is not None and (question := asked[campaign].get(key)) is not None:
            given[who, question.subject or key] = int(number)
    return given, dict(sorted(texts.items(), key=lambda pair: pair[0] != MAIN)), people


def _scales(content: Content) -> Mapping[str, Question]:
    """The questions on a scale up to 10: those by which someone counts as satisfied."""
    found = (question for section in content.sections for question in section.questions)
    named = [one for one in found if one.kind is Kind.SCALE and one.high == 10 and not one.measure]
    told = [one for one in named if one.subject in SUBJECTS]
    return {question.key: question for question in told or named}


SUBJECTS = frozenset({MAIN, "joint_work", "result", "organised", "expected"})
"""What the standard questionnaires ask of satisfaction; a questionnaire without any is taken whole."""


def _line(subject: str, text: str, given: Given, satisfied_from: int) -> SatisfactionLine:
    marks = [mark for (_who, of), mark in given.items() if of == subject]
    mean = sum(marks) / len(marks) if marks else 0.0
    return SatisfactionLine(subject, text, len(marks), mean, sum(mark >= satisfied_from for mark in marks))


def checklist_of(cycle: Cycle, as_of: date) -> Checklist | None:
    """The newest checklist of the year that bears a name: it is the school's judgment, of no pupil."""
    response = _staff_responses(cycle, as_of, QuestionnaireKind.CHECKLIST).order_by("-sent_at", "-pk").first()
    if response is None:
        return None
    content = content_from_json(response.campaign.version.content)
    chosen = {row.question: row.item for row in response.answers.all()}
    rows = [
        (section.title, question.text, option.text, option.score or 0)
        for section in content.sections
        for question in section.questions
        for option in question.options
        if option.score is not None and chosen.get(question.key) == option.key
    ]
    scored = [max(scores) for scores in _scores(content.questions())]
    total = sum(row[3] for row in rows)
    level = content.level_of(total)
    levels = tuple((one.low, one.high, one.text) for one in content.levels)
    sent = timezone.localtime(response.sent_at, cycle.programme.school.zone)
    return Checklist(tuple(rows), total, sum(scored), level.text if level else "", levels, sent.date().isoformat())


def _scores(questions: Iterable[Question]) -> list[list[int]]:
    found = ([option.score for option in one.options if option.score is not None] for one in questions)
    return [scores for scores in found if scores]


def swot_of(cycle: Cycle, as_of: date) -> dict[str, str]:
    """The factors of the year's SWOT surveys that bear names, each line once; what was not filled in is left out."""
    responses = _staff_responses(cycle, as_of, QuestionnaireKind.SWOT)
    rows = Answer.objects.filter(response__in=responses, question__in=FACTOR_KEYS).exclude(text="")
    lines: dict[str, dict[str, None]] = {}
    for key, text in rows.order_by("response__sent_at", "pk").values_list("question", "text"):
        lines.setdefault(key, {}).update({line.strip(): None for line in text.splitlines() if line.strip()})
    return {key: "\n".join(own) for key, own in lines.items()}


def _staff_responses(cycle: Cycle, as_of: date, kind: str) -> QuerySet[Response]:
    rows = Response.objects.counted().exclude(sent_at=None).select_related("campaign__version")
    return rows.filter(
        campaign__cycle=cycle, campaign__opens_on__lte=as_of, campaign__version__questionnaire__kind=kind
    )
