"""A campaign beside another of the school: what was answered at the entry and at the exit, last year and this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.actors import Actor
from surveys.charts import Shift, draw_on_scale
from surveys.content import Content, Kind, Question, content_from_json
from surveys.models import Campaign
from surveys.results import LEAST_GROUP, Tally, count_answers

COMPARED = (Kind.SCALE, Kind.YES_NO, Kind.NUMBER)
"""Kinds whose answers have a mean; of yes and no it is the per cent of those who said yes."""
Subjects = Mapping[str, Question]


@dataclass(frozen=True, slots=True)
class Mean:
    """Of `size` answers; `value` is None where they are too few to be shown."""

    size: int
    value: float | None
    unit: str = ""

    @property
    def digits(self) -> int:
        """How many stand after the comma."""
        return 0 if self.unit == "%" else 2

    @property
    def text(self) -> str:
        """«7,25», «80 %», «меньше 5 ответов»."""
        if self.value is None:
            return _("fewer than %(n)s answers") % {"n": LEAST_GROUP}
        return f"{number_format(round(self.value, self.digits), self.digits)}{self.unit and NO_BREAK + self.unit}"


NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One subject in both campaigns; `change` is after minus before as they are shown, empty where either is not."""

    before_text: str
    after_text: str
    before: Mean
    after: Mean
    ends: tuple[int, int] | None

    @property
    def change(self) -> str:
        if self.before.value is None or self.after.value is None:
            return ""
        digits = self.after.digits
        difference = round(round(self.after.value, digits) - round(self.before.value, digits), digits)
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        return f"{sign}{number_format(abs(difference), digits)}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two campaigns, the earlier first; `charts` are the texts of the questions that are shown on a scale, with its SVG."""

    before: Campaign
    after: Campaign
    lines: tuple[Compared, ...]
    charts: tuple[tuple[str, str], ...]


def comparable_with(campaign: Campaign, actor: Actor) -> list[Campaign]:
    """The campaigns asked of the same side that share a subject with this one, the latest first."""
    own = _subjects(_content(campaign))
    rows = Campaign.objects.visible_to(actor).filter(
        opened_at__isnull=False, version__questionnaire__answerer=campaign.version.questionnaire.answerer
    )
    others = rows.exclude(pk=campaign.pk).select_related("version__questionnaire", "cycle")
    return [row for row in others if own and _pairs(own, _subjects(_content(row)))]


def compare_campaigns(one: Campaign, other: Campaign) -> Comparison:
    """What both asked about, in the order of the earlier one; means of fewer than five answers are not given."""
    before, after = sorted((one, other), key=lambda row: (row.opens_on, row.pk))
    pairs = _pairs(_subjects(_content(before)), _subjects(_content(after)))
    tallies = [count_answers([row], _content(row))[0] for row in (before, after)]
    lines = tuple(
        Compared(
            first.text,
            second.text,
            _mean(first, tallies[0].get((first.key, ""), {})),
            _mean(second, tallies[1].get((second.key, ""), {})),
            _ends(first),
        )
        for first, second in pairs
    )
    return Comparison(before, after, lines, tuple(_charts(lines)))


def _content(campaign: Campaign) -> Content:
    return content_from_json(campaign.version.content)


def _subjects(content: Content) -> Subjects:
    """The first question about each subject that can be compared."""
    found: dict[str, Question] = {}
    for question in content.questions():
        if question.subject and question.kind in COMPARED:
            found.setdefault(question.subject, question)
    return found


def _pairs(before: Subjects, after: Subjects) -> list[tuple[Question, Question]]:
    """The questions about one subject on one scale."""
    both = ((question, after[subject]) for subject, question in before.items() if subject in after)
    return [pair for pair in both if _scale(pair[0]) == _scale(pair[1])]


def _scale(question: Question) -> tuple[object, ...]:
    return question.kind, _ends(question), question.unit


def _ends(question: Question) -> tuple[int, int] | None:
    """The ends of the scale on which it is drawn; a free number has none."""
    if question.kind is Kind.YES_NO:
        return 0, 100
    return (question.low, question.high) if question.kind is Kind.SCALE else None


def _mean(question: Question, tally: Tally) -> Mean:
    numbers = [(number, size) for (_item, number), size in tally.items() if number is not None]
    size = sum(size for _number, size in numbers)
    is_share = question.kind is Kind.YES_NO
    unit = "%" if is_share else question.unit
    if size < LEAST_GROUP:
        return Mean(size, None, unit)
    total = sum((number * size for number, size in numbers), Decimal(0))
    return Mean(size, float(total) / size * (100 if is_share else 1), unit)


def _charts(lines: Iterable[Compared]) -> Iterable[tuple[str, str]]:
    said = _("%(name)s: before %(before)s, after %(after)s")
    for line in lines:
        if line.ends and line.before.value is not None and line.after.value is not None:
            label = said % {"name": line.after_text, "before": line.before.text, "after": line.after.text}
            shift = Shift(label, line.before.value, line.after.value, line.before.text, line.after.text)
            ends = (str(line.ends[0]), str(line.ends[1]))
            yield line.after_text, draw_on_scale(shift, ends=line.ends, end_texts=ends)
