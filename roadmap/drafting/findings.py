"""What is amiss in a sheet as it stands, and the mends that one press of a button makes."""

from __future__ import annotations

from dataclasses import dataclass

from roadmap.checking import (
    AddActivity,
    Finding,
    Item,
    Mend,
    Plan,
    Rename,
    Renumber,
    Rewrite,
    Section,
    check_plan,
    finding_key,
)
from roadmap.checking.names import own_numbers, renamed
from roadmap.drafting.changes import add_part, write_fields
from roadmap.drafting.sheet import ACTIVITY, HEAD, Part, Sheet
from roadmap.duties import unheld_roles
from roadmap.models import Duty
from roadmap.reading.checks import STANDARD

NAMING = {"title", "organisation", "preamble", "name", "goal", "task", "result", "section", "text"}
"""The fields in which a school is named; stamps of approval stay what they were."""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What is known of the school a plan is for: how it is named in a text, all its names, the duties people hold.

    `held` is None where nobody was asked.
    """

    called: str = ""
    names: tuple[str, ...] = ()
    held: frozenset[Duty] | None = None


NOTHING_KNOWN = SchoolFacts()


def findings_of(sheet: Sheet, school: SchoolFacts) -> list[Finding]:
    """Everything that is amiss now, in the order of the page."""
    return check_plan(plan_of(sheet, school))


def plan_of(sheet: Sheet, school: SchoolFacts) -> Plan:
    """The standing parts of a sheet; its school goes by its own names if they have a number, else by the document's."""
    head = sheet.parts[HEAD].fields
    above = {name: head[name] for name in ("title", "organisation", "preamble")}
    own = school.names if own_numbers(school.names) else (*school.names, *_names_in(sheet))
    return Plan(
        sections=tuple(_section(part, sheet, school) for part in sheet.standing(sheet.stages)),
        standard=STANDARD,
        period=sheet.period,
        key=HEAD,
        fields=above,
        own=own,
        school=school.called,
        calendar=sheet.calendar,
    )


def make_mend(sheet: Sheet, key: str, school: SchoolFacts) -> str:
    """Do what is proposed for the finding of that key; the part it was done to, empty where it is mended by now."""
    mend = next((found.mend for found in findings_of(sheet, school) if finding_key(found) == key), None)
    return _done(sheet, mend) if mend else ""


def _names_in(sheet: Sheet) -> list[str]:
    head = sheet.parts[HEAD].fields
    return [head["title"], head["organisation"], *(part.fields["by"] for part in sheet.standing(sheet.approvals))]


def _section(part: Part, sheet: Sheet, school: SchoolFacts) -> Section:
    items = (_item(found, school) for found in sheet.of_stage(part.key) if not found.gone)
    return Section(part.key, part.fields, tuple(items))


def _item(part: Part, school: SchoolFacts) -> Item:
    fields = part.fields
    roles = [person.role for person in part.people if person.role]
    return Item(
        key=part.key,
        number=fields["number"].strip(),
        section=fields["section"],
        text=fields["text"],
        term=fields["term"],
        windows=part.windows,
        days_by_hand=part.own_days is not None,
        unheld=() if school.held is None else unheld_roles(roles, school.held),
    )


def _done(sheet: Sheet, mend: Mend) -> str:
    if isinstance(mend, AddActivity):
        return _added(sheet, mend)
    if isinstance(mend, Rename):
        return _renamed(sheet, mend)
    if isinstance(mend, Renumber):
        for key, number in mend.numbers:
            _write(sheet, key, number=number)
        return mend.numbers[0][0]
    return _rewritten(sheet, mend)


def _rewritten(sheet: Sheet, mend: Rewrite) -> str:
    part = sheet.parts[mend.key]
    if mend.field == "term":
        _write(sheet, mend.key, term=mend.text, starts_on="", ends_on="")
    elif mend.field == "section":
        was = part.fields["section"]
        for other in sheet.of_stage(part.fields["stage"]):
            if other.fields["section"] == was:
                _write(sheet, other.key, section=mend.text)
    else:
        _write(sheet, mend.key, **{mend.field: mend.text})
    return mend.key


def _renamed(sheet: Sheet, mend: Rename) -> str:
    """The first part that was changed."""
    changed = ""
    for part in sheet.standing([HEAD, *sheet.stages, *sheet.activities]):
        now = {name: renamed(part.fields[name], mend) for name in NAMING & part.fields.keys()}
        if any(part.fields[name] != text for name, text in now.items()):
            _write(sheet, part.key, **now)
            changed = changed or part.key
    return changed


def _added(sheet: Sheet, mend: AddActivity) -> str:
    part = add_part(sheet, ACTIVITY, stage=mend.stage, text=mend.text)
    _write(sheet, part.key, number=mend.number, term=mend.term)
    if mend.after:
        sheet.activities.remove(part.key)
        sheet.activities.insert(sheet.activities.index(mend.after) + 1, part.key)
    return part.key


def _write(sheet: Sheet, key: str, **typed: str) -> None:
    write_fields(sheet, key, typed, seen=sheet.parts[key].revision)
