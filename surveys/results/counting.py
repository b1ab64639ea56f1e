"""The counts behind the results: a few questions to the database however many answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, F, QuerySet

from surveys.content import Content, Kind
from surveys.models import Answer, Campaign, Response

Tally = Mapping[tuple[str, Decimal | None], int]
"""Of one question: how many gave this item and this number."""

BREAKDOWNS = {
    "class": "respondent__enrolment__person__class_name",
    "form": "respondent__enrolment__form__name",
    "side": "respondent__enrolment__side",
}
"""By what the answers that bear a name can be told apart."""

WORDS = (Kind.SHORT, Kind.LONG, Kind.DATE, Kind.FILE)
"""Kinds whose answers are read one by one; nothing is counted of them but how many there are."""
SEVERAL = (Kind.SEVERAL, Kind.RANKING, Kind.PEOPLE, Kind.MATRIX)
"""Kinds of which one respondent gives several rows."""


def count_responses(campaigns: Iterable[Campaign], by: str = "") -> dict[str, int]:
    """How many responses stand in the results, by group; all of them under "" without a breakdown."""
    found = _counted(campaigns)
    if not by:
        return {"": found.count()}
    groups = found.order_by().values(group=F(BREAKDOWNS[by])).annotate(size=Count("pk"))
    return dict(sorted((row["group"] or "", row["size"]) for row in groups))


def count_answers(
    campaigns: Iterable[Campaign], content: Content, by: str = ""
) -> tuple[dict[tuple[str, str], Tally], dict[tuple[str, str], int]]:
    """By question and group: the tally, and how many answered the question."""
    rows = Answer.objects.filter(response__in=_counted(campaigns)).order_by()
    kinds = {question.key: question.kind for question in content.questions()}
    group = F(f"response__{BREAKDOWNS[by]}") if by else None
    found = _tallies(rows, kinds, group)
    answered = {place: sum(tally.values()) for place, tally in found.items()}
    if several := [key for key, kind in kinds.items() if kind in SEVERAL]:
        answered |= _answered(rows.filter(question__in=several), group)
    return {place: tally for place, tally in found.items() if kinds[place[0]] not in WORDS}, answered


def _counted(campaigns: Iterable[Campaign]) -> QuerySet[Response]:
    return Response.objects.counted().filter(campaign__in=[campaign.pk for campaign in campaigns])


def _tallies(
    rows: QuerySet[Answer], kinds: Mapping[str, Kind], group: F | None
) -> dict[tuple[str, str], dict[tuple[str, Decimal | None], int]]:
    """Of words only how many there are, for they have neither an item nor a number.

    Of a hundred thousand rows every column to group by costs: people only where they can be chosen.
    """
    by = {"group": group} if group else {}
    columns = ("question", "item", "number", *(["chosen"] if Kind.PEOPLE in kinds.values() else []))
    found: defaultdict[tuple[str, str], dict[tuple[str, Decimal | None], int]] = defaultdict(dict)
    for row in rows.values(*columns, **by).annotate(size=Count("pk")):
        if row["question"] in kinds:
            item = row["item"] or str(row.get("chosen") or "")
            found[row["question"], str(row.get("group") or "")][item, row["number"]] = row["size"]
    return dict(found)


def _answered(rows: QuerySet[Answer], group: F | None) -> dict[tuple[str, str], int]:
    by = {"group": group} if group else {}
    found = rows.values("question", **by).annotate(size=Count("response", distinct=True))
    return {(row["question"], str(row.get("group") or "")): row["size"] for row in found}
