"""The results of a campaign as a page or a paper shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core.actors import Actor
from core.russian import search_key
from participants.models import Enrolment, Side
from surveys.content import Content, Kind, Question, content_from_json
from surveys.models import SURVEY_KEEPERS, Answer, Campaign, Response
from surveys.results import LEAST_GROUP, Group, Table, Tally, count_answers, count_responses, fold_small, table_of
from surveys.results.counting import WORDS

Tallies = Mapping[tuple[str, str], Tally]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """How one group answered a question."""

    label: str
    table: Table


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: its table, the same by group, and whether its answers are words to be read one by one."""

    question: Question
    table: Table
    groups: tuple[GroupTable, ...]
    is_words: bool


@dataclass(frozen=True, slots=True)
class SectionResult:
    title: str
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """`size` responses of `asked` people stand in the results, `waiting` are held back until more have come.

    Without `sections` there are too few answers to be shown. `score` is the mean sum of scores, None where the
    questionnaire has none, and `level` what it means.
    """

    asked: int
    answered: int
    size: int
    sections: tuple[SectionResult, ...] = ()
    score: float | None = None
    level: str = ""

    @property
    def waiting(self) -> int:
        return self.answered - self.size


def results_of(*, campaign: Campaign, breakdown: str = "", actor: Actor) -> Results:
    """What came out, for this viewer: fewer than five answers are shown only to who may read each under its name.

    An anonymous campaign has no breakdown, for nothing but its answers is kept.
    """
    content = content_from_json(campaign.version.content)
    breakdown = "" if campaign.is_anonymous else breakdown
    sizes = count_responses([campaign], breakdown)
    size = sum(sizes.values())
    people = campaign.respondents.asked().aggregate(asked=Count("pk"), answered=Count("pk", Q(has_answered=True)))
    told = Results(people["asked"], people["answered"], size)
    if not size or (size < LEAST_GROUP and (campaign.is_anonymous or actor.role not in SURVEY_KEEPERS)):
        return told
    tallies, answered = count_answers([campaign], content, breakdown)
    groups = fold_small(sizes) if breakdown else []
    names = _names(tallies, content) if actor.role in SURVEY_KEEPERS else {}
    teller = _Teller(tuple(sizes), groups, tallies, answered, names)
    sections = tuple(
        SectionResult(section.title, tuple(map(teller.tell, section.questions))) for section in content.sections
    )
    score = _score(content, teller, size)
    level = content.level_of(round(score)) if score is not None else None
    return Results(told.asked, told.answered, size, sections, score, level.text if level else "")


def words_said(responses: QuerySet[Response], question: str, wanted: str = "") -> list[str]:
    """What these responses say to a question in words, by the alphabet: those that have every word looked for."""
    words = search_key(wanted).split()
    rows = Answer.objects.filter(response__in=responses, question=question).exclude(text="")
    texts = ((search_key(text), text) for text in rows.order_by().values_list("text", flat=True))
    return [text for key, text in sorted(texts) if all(word in key for word in words)]


@dataclass(frozen=True, slots=True)
class _Teller:
    keys: Sequence[str]
    groups: Sequence[Group]
    tallies: Tallies
    answered: Mapping[tuple[str, str], int]
    names: Mapping[str, str]

    def tell(self, question: Question) -> QuestionResult:
        return QuestionResult(
            question, self._table(question, self.keys), tuple(self._by_group(question)), question.kind in WORDS
        )

    def whole(self, question: Question) -> Tally:
        return self._sum(question, self.keys)

    def _by_group(self, question: Question) -> Iterable[GroupTable]:
        """The groups, unless of one of them so few answered that they could be told apart."""
        tables = [(group, self._table(question, group.keys)) for group in self.groups]
        if question.kind in WORDS or any(table.answered < LEAST_GROUP for _group, table in tables):
            return []
        return [GroupTable(_label(group), table) for group, table in tables]

    def _table(self, question: Question, keys: Sequence[str]) -> Table:
        answered = sum(self.answered.get((question.key, key), 0) for key in keys)
        return table_of(question, self._sum(question, keys), answered, self.names)

    def _sum(self, question: Question, keys: Sequence[str]) -> Tally:
        total: Counter[tuple[str, Decimal | None]] = Counter()
        for key in keys:
            total.update(self.tallies.get((question.key, key), {}))
        return total


def _label(group: Group) -> str:
    sides = {Side.MENTEE.value: _("mentees"), Side.MENTOR.value: _("mentors")}
    if group.is_folded:
        return _("the others together")
    return str(sides.get(group.keys[0], group.keys[0])) or _("without a class")


def _names(tallies: Tallies, content: Content) -> dict[str, str]:
    """Of those who were chosen, by key."""
    asked = {question.key for question in content.questions() if question.kind is Kind.PEOPLE}
    chosen = {item for (question, _group), tally in tallies.items() if question in asked for item, _place in tally}
    people = Enrolment.objects.filter(pk__in=chosen).select_related("person") if chosen else ()
    return {str(row.pk): row.person.short_name for row in people}


def _score(content: Content, teller: _Teller, size: int) -> float | None:
    """The mean of the sums of scores, None where no option has one."""
    scored = [question for question in content.questions() if any(one.score is not None for one in question.options)]
    if not scored:
        return None
    total = 0
    for question in scored:
        scores = {one.key: one.score or 0 for one in question.options}
        total += sum(scores.get(item, 0) * count for (item, _number), count in teller.whole(question).items())
    return total / size
