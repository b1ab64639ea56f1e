"""What keeps a part from becoming part of a programme, field by field, in a sentence for the curator."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from roadmap.drafting.sheet import ACTIVITY, APPROVAL, HEAD, STAGE, Part, Sheet, parse_day

LIMITS: dict[str, dict[str, int]] = {
    HEAD: {"title": 1000, "organisation": 1000},
    APPROVAL: {"word": 60, "by": 300, "person": 200, "basis": 300, "number": 40},
    STAGE: {"number": 20, "name": 500},
    ACTIVITY: {"number": 20, "section": 1000, "term": 2000},
}
"""The lengths of the columns the fields go to, in characters; a term is as long as `roadmap.terms` reads."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_YEARS = 10

Faults = dict[str, str]


def faults_of(part: Part, sheet: Sheet) -> Faults:
    """The faults of one part by field; empty when it is ready."""
    faults = _too_long(part)
    for name, words in _required(part.kind).items():
        if not part.fields[name].strip():
            faults[name] = words
    if part.kind == ACTIVITY and part.fields["stage"] not in {stage.key for stage in sheet.standing(sheet.stages)}:
        faults["stage"] = gettext("Choose the stage this activity belongs to.")
    return faults | _day_faults(part)


def faulty_parts(sheet: Sheet) -> list[tuple[Part, Faults]]:
    """Every part that is not ready, in the order of the page."""
    keys = [HEAD, *sheet.approvals, *sheet.stages, *sheet.activities]
    found = ((part, faults_of(part, sheet)) for part in sheet.standing(keys))
    return [(part, faults) for part, faults in found if faults]


def _required(kind: str) -> Faults:
    return {
        HEAD: {
            "title": gettext("A programme needs a title."),
            "starts_on": gettext("Say on which day the programme begins."),
            "ends_on": gettext("Say on which day the programme ends."),
        },
        APPROVAL: {"word": gettext("Say what stands over the stamp, for instance «УТВЕРЖДАЮ».")},
        STAGE: {"name": gettext("A stage needs a name.")},
        ACTIVITY: {"text": gettext("Say what is to be done.")},
    }[kind]


def _too_long(part: Part) -> Faults:
    return {
        name: ngettext("At most %(most)s character fits here.", "At most %(most)s characters fit here.", most)
        % {"most": most}
        for name, most in LIMITS[part.kind].items()
        if len(part.fields[name].strip()) > most
    }


def _day_faults(part: Part) -> Faults:
    names = [name for name in ("starts_on", "ends_on", "date") if part.fields.get(name, "").strip()]
    days = {name: parse_day(part.fields[name]) for name in names}
    faults = {
        name: gettext("This is no day. Write it as 31.10.2026.")
        for name, day in days.items()
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR
    }
    if faults or "date" in days or not days:
        return faults
    if len(days) == 1:
        missing = "ends_on" if "starts_on" in days else "starts_on"
        return {missing: gettext("Give both days, the first and the last.")}
    return _span_faults(part)


def _span_faults(part: Part) -> Faults:
    if part.own_days is None:
        return {"ends_on": gettext("The last day lies before the first.")}
    first, last = part.own_days
    if part.kind == HEAD and last.year - first.year > MOST_YEARS:
        return {"ends_on": gettext("A programme may run for ten years at most.")}
    return {}
