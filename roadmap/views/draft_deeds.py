"""The deeds that one press of a button on a draft does, by what the button sends: «up:a7», «settle:0f3a…»."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.actors import Actor
from roadmap.drafting import changes
from roadmap.drafting.findings import make_mend
from roadmap.drafting.sheet import ACTIVITY, APPROVAL, STAGE, Part, Sheet
from roadmap.models import Draft
from roadmap.services.checking import school_facts
from roadmap.services.drafts import save_draft, settle_note

Deed = Callable[[Draft, Actor], tuple[str, str]]
"""Does it; the part to open for editing ("" for none) and the anchor to go to."""


def deed_of(sent: str) -> Deed | None:
    """The deed a button asks for, None for one that no button of the page sends."""
    verb, _colon, key = sent.partition(":")
    found = _DEEDS.get(verb)
    return partial(found, key) if found else None


def _changed(change: Callable[[Sheet, str], object], key: str, draft: Draft, by: Actor) -> tuple[str, str]:
    if key in draft.entered["parts"]:
        save_draft(draft=draft, change=lambda sheet: change(sheet, key), by=by)
    return "", key


def _added(kind: str, key: str, draft: Draft, by: Actor) -> tuple[str, str]:
    if kind == ACTIVITY and key not in draft.entered["parts"]:
        return "", ""
    added: list[Part] = []
    save_draft(draft=draft, change=lambda sheet: added.append(changes.add_part(sheet, kind, stage=key)), by=by)
    return added[0].key, added[0].key


def _taken(key: str, draft: Draft, by: Actor) -> tuple[str, str]:
    dropped = draft.outline["dropped"]
    place = int(key) if key.isdecimal() else -1
    if not 0 <= place < len(dropped) or place in draft.entered["taken"]:
        return "", "dropped"
    text = dropped[place]
    lines = [line for line, said in enumerate(draft.lines, 1) if said.strip() == text.strip()]
    added: list[Part] = []
    save_draft(
        draft=draft,
        change=lambda sheet: added.append(
            changes.take_dropped(sheet, place, text.strip(), lines[0] if lines else None)
        ),
        by=by,
    )
    return added[0].key, added[0].key


def _settled(settled: bool, key: str, draft: Draft, by: Actor) -> tuple[str, str]:
    settle_note(draft=draft, note=key[:40], settled=settled, by=by)
    return "", f"n-{key}"


def _mended(key: str, draft: Draft, by: Actor) -> tuple[str, str]:
    school = school_facts(draft.school)
    mended: list[str] = []
    save_draft(draft=draft, change=lambda sheet: mended.append(make_mend(sheet, key, school)), by=by)
    return "", mended[0]


_DEEDS: dict[str, Callable[[str, Draft, Actor], tuple[str, str]]] = {
    "up": partial(_changed, partial(changes.move_part, by=-1)),
    "down": partial(_changed, partial(changes.move_part, by=1)),
    "delete": partial(_changed, changes.delete_part),
    "restore": partial(_changed, changes.restore_part),
    "take_rival": partial(_changed, partial(changes.settle_rival, take=True)),
    "drop_rival": partial(_changed, partial(changes.settle_rival, take=False)),
    "add_activity": partial(_added, ACTIVITY),
    "add_stage": partial(_added, STAGE),
    "add_approval": partial(_added, APPROVAL),
    "take": _taken,
    "mend": _mended,
    "settle": partial(_settled, True),
    "unsettle": partial(_settled, False),
}
