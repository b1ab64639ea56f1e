"""A change in words: which field, what it was, what it became."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from roadmap.board.words import span_words
from roadmap.editing.rows import COLUMNS, Row, Rows, parts_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a change."""

    label: str
    was: str
    became: str


@dataclass(slots=True)
class Names:
    """What keys and codes are called: stages, members, duties, kinds of evidence, extra columns, who letters go to."""

    today: date
    stages: Mapping[int, str] = field(default_factory=dict)
    members: Mapping[int, str] = field(default_factory=dict)
    duties: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    reminded: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def tell(before: Rows, after: Rows, names: Names) -> list[Fact]:
    """What a change did, field by field, in the order of the form; rows of one list are told together."""
    facts: list[Fact] = []
    for kind in ("programme", "cycle", "stage", "activity"):
        for key in _keys(before, kind):
            facts += _told(kind, before[key], after[key], names)
    facts += _list(before, after, "approval", gettext("Stamps of approval"), lambda row: _approval(row, names))
    facts += _list(before, after, "window", gettext("Days in the plan"), lambda row: _days(row, names))
    facts += _list(before, after, "responsible", gettext("Who answers, by name"), lambda row: _person(row, names))
    return [fact for fact in facts if fact.was != fact.became]


def labels() -> dict[str, str]:
    """What the columns are called."""
    return {
        "title": gettext("Title of the document"),
        "organisation": gettext("Organisation"),
        "preamble": gettext("Text before the table"),
        "starts_on": gettext("First day of the programme"),
        "ends_on": gettext("Last day of the programme"),
        "number": gettext("Number in the plan"),
        "name": gettext("Name of this stage"),
        "goal": gettext("Goal of the stage"),
        "task": gettext("Task of the stage"),
        "result": gettext("Result of the stage"),
        "stage": gettext("Stage of the activity"),
        "stage_id": gettext("Stage of the activity"),
        "place": gettext("Place in the order"),
        "section": gettext("Section within the stage"),
        "text": gettext("What is to be done"),
        "term_text": gettext("Term as in the document"),
        "responsible_text": gettext("Who answers for it"),
        "people": gettext("Who answers, by name"),
        "evidence": gettext("What proves the activity"),
        "reminded": gettext("Whom letters remind"),
        "remind_days": gettext("Days before the term on which letters remind"),
    }


def _told(kind: str, before: Row | None, after: Row | None, names: Names) -> list[Fact]:
    if before is None or after is None:
        return [Fact(_whole(kind), _head(kind, before), _head(kind, after))]
    if kind == "cycle":
        return []
    called, facts = labels(), []
    for name in (name for name in COLUMNS[kind] if name in before):
        if name == "extra":
            facts += _extra(before[name], after[name], names)
        elif name in called:
            facts.append(Fact(called[name], _value(name, before[name], names), _value(name, after[name], names)))
    return facts


def _whole(kind: str) -> str:
    return {
        "cycle": gettext("School year"),
        "stage": gettext("Stage of the roadmap"),
        "activity": gettext("Activity of the roadmap"),
    }.get(kind, "")


def _head(kind: str, row: Row | None) -> str:
    if row is None:
        return ""
    if kind == "cycle":
        return f"{row['year']}–{row['year'] + 1}"
    return f"{row['number']} {row['name' if kind == 'stage' else 'text']}".strip()


def _value(name: str, value: object, names: Names) -> str:
    if name == "stage_id" and isinstance(value, int):
        return names.stages.get(value, gettext("a stage deleted since"))
    if name == "evidence":
        return names.evidence.get(str(value), "")
    if name == "reminded":
        return names.reminded.get(str(value), "")
    if name in {"starts_on", "ends_on"} and value:
        return _day(str(value))
    if name == "remind_days":
        return gettext("as usual") if value is None else ", ".join(map(str, value if isinstance(value, list) else []))
    return "" if value is None else str(value)


def _extra(was: Mapping[str, str], became: Mapping[str, str], names: Names) -> list[Fact]:
    kinds = dict.fromkeys([*was, *became])
    return [Fact(names.columns.get(kind, kind), was.get(kind, ""), became.get(kind, "")) for kind in kinds]


def _list(before: Rows, after: Rows, kind: str, label: str, words: Callable[[Row], str]) -> list[Fact]:
    """The rows of one kind that were touched, as they were and as they became."""
    keys = _keys(before, kind)
    was, became = _joined((before[key] for key in keys), words), _joined((after[key] for key in keys), words)
    return [Fact(label, was, became)] if keys else []


def _joined(rows: Iterable[Row | None], words: Callable[[Row], str]) -> str:
    return "; ".join(filter(None, (words(row) for row in rows if row is not None)))


def _days(row: Row, names: Names) -> str:
    if "starts_on" not in row:
        return ""
    first, last = row.get("starts_on"), row.get("ends_on")
    if not (first or last):
        return gettext("no days")
    if not first or not last:
        return ""
    return span_words(date.fromisoformat(first), date.fromisoformat(last), names.today)


def _person(row: Row, names: Names) -> str:
    duty = names.duties.get(row.get("duty", ""), "") if not row.get("role") else ""
    member = names.members.get(row.get("member_id") or 0, "") if not row.get("name") else ""
    return " ".join(filter(None, (row.get("role"), duty, row.get("name"), member)))


def _approval(row: Row, names: Names) -> str:
    texts = {name: row.get(name) or "" for name in ("word", "by", "person", "basis", "date", "number")}
    return " ".join(
        filter(None, texts.values() if not texts["date"] else (texts | {"date": _day(texts["date"])}).values())
    )


def _day(iso: str) -> str:
    return ".".join(reversed(iso.split("-")))


def _keys(rows: Rows, kind: str) -> list[str]:
    return sorted((key for key in rows if parts_of(key)[0] == kind), key=lambda key: parts_of(key)[1])
