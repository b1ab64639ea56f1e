"""The curator's hands on a sheet: each function changes the sheet it is given."""

from __future__ import annotations

from collections.abc import Mapping

from roadmap.drafting.sheet import ACTIVITY, APPROVAL, FIELDS, HEAD, STAGE, Fields, Part, Sheet
from roadmap.reading.people import read_people
from roadmap.terms import read_term


def write_fields(sheet: Sheet, key: str, typed: Mapping[str, str], *, seen: int) -> Part:
    """Put what was typed into a part and read it anew; the part, its `rival` set where nothing was overwritten.

    `seen` is the revision the form was opened with. Written over by another window since, the text goes
    to `rival`, and the curator chooses by `settle_rival`.
    """
    part = sheet.parts[key]
    fields = {name: typed.get(name, part.fields[name]).replace("\r\n", "\n") for name in FIELDS[part.kind]}
    if part.kind == ACTIVITY and fields["stage"] not in {stage.key for stage in sheet.standing(sheet.stages)}:
        fields["stage"] = part.fields["stage"]  # under no stage it would be on no page
    if fields == part.fields:
        return part
    if seen != part.revision:
        part.rival = fields
        return part
    _put(sheet, part, fields)
    return part


def settle_rival(sheet: Sheet, key: str, *, take: bool) -> None:
    """Take the text of the other window in place of the part's own, or let it go."""
    part = sheet.parts[key]
    if part.rival and take:
        _put(sheet, part, part.rival)
    part.rival = None


def add_part(sheet: Sheet, kind: str, *, stage: str = "", text: str = "") -> Part:
    """A new approval, stage, or activity at the end of `stage`."""
    part = Part(sheet.new_key(kind), dict.fromkeys(FIELDS[kind], ""))
    if kind == ACTIVITY:
        part.fields |= {"stage": stage, "text": text}
        _understand(sheet, part)
    sheet.parts[part.key] = part
    _order(sheet, kind).append(part.key)
    return part


def take_dropped(sheet: Sheet, place: int, text: str, line: int | None) -> Part:
    """A dropped line as an activity, put behind the one that stands before it in the document."""
    before = [part for part in sheet.standing(sheet.activities) if line and part.line and part.line < line]
    neighbour = max(before, key=lambda part: part.line or 0, default=None)
    stages = sheet.standing(sheet.stages) or [add_part(sheet, STAGE)]
    stage = neighbour.fields["stage"] if neighbour else stages[-1].key
    part = add_part(sheet, ACTIVITY, stage=stage, text=text)
    part.line = line
    if neighbour:
        sheet.activities.remove(part.key)
        sheet.activities.insert(sheet.activities.index(neighbour.key) + 1, part.key)
    sheet.taken.append(place)
    return part


def delete_part(sheet: Sheet, key: str) -> None:
    """Put a part aside; `restore_part` brings it back as it was. A stage goes with its activities."""
    _set_gone(sheet, key, gone=True)


def restore_part(sheet: Sheet, key: str) -> None:
    """Undo `delete_part`."""
    _set_gone(sheet, key, gone=False)


def move_part(sheet: Sheet, key: str, *, by: int) -> None:
    """One place up (-1) or down (1); an activity at the edge of its stage goes over to the next one."""
    part = sheet.parts[key]
    if part.gone or part.kind == HEAD:
        return
    order = _order(sheet, part.kind)
    peers = [
        other
        for other in sheet.standing(order)
        if part.kind != ACTIVITY or other.fields["stage"] == part.fields["stage"]
    ]
    place = peers.index(part) + by
    if 0 <= place < len(peers):
        here, there = order.index(key), order.index(peers[place].key)
        order[here], order[there] = order[there], order[here]
    elif part.kind == ACTIVITY:
        _move_over(sheet, part, by)


def _move_over(sheet: Sheet, part: Part, by: int) -> None:
    stages = [stage.key for stage in sheet.standing(sheet.stages)]
    place = stages.index(part.fields["stage"]) + by
    if 0 <= place < len(stages):
        part.fields["stage"] = stages[place]
        part.revision += 1
        sheet.activities.remove(part.key)
        sheet.activities.insert(len(sheet.activities) if by < 0 else 0, part.key)


def _put(sheet: Sheet, part: Part, fields: Fields) -> None:
    period_before = sheet.period
    part.fields = fields
    part.revision += 1
    if part.kind == ACTIVITY:
        _understand(sheet, part)
    if sheet.period != period_before:
        for key in sheet.activities:
            _understand(sheet, sheet.parts[key])


def _understand(sheet: Sheet, part: Part) -> None:
    part.term = read_term(part.fields["term"].strip(), period=sheet.period, calendar=sheet.calendar)
    part.people = list(read_people(part.fields["responsible"].split("\n")))


def _order(sheet: Sheet, kind: str) -> list[str]:
    return {APPROVAL: sheet.approvals, STAGE: sheet.stages, ACTIVITY: sheet.activities}[kind]


def _set_gone(sheet: Sheet, key: str, *, gone: bool) -> None:
    part = sheet.parts[key]
    if part.kind == HEAD:
        return
    for found in (part, *(sheet.of_stage(key) if part.kind == STAGE else ())):
        found.gone = gone
