"""Who a new person of a sheet is, where the sheet does not say it."""

from __future__ import annotations

import re
from datetime import date

from core.russian import search_key
from participants.sheets.fields import MENTEE, MENTOR
from participants.sheets.known import PUPIL, is_young
from participants.sheets.rows import RowRead
from participants.sheets.values import BadCell, class_of

BY_POST = (
    ("student", re.compile(r"\bстудент")),
    ("graduate", re.compile(r"\bвыпускни")),
    (
        "teacher",
        re.compile(
            r"\b(учител|педагог|преподав|воспитат|директор|завуч|психолог|логопед|дефектолог|библиотекар|тьютор|вожат"
            r"|методист|советник)"
        ),
    ),
)
IN_PLACE = re.compile(r"(?<!\d)(\d{1,2}\s*[-«\"]?\s*[а-яё]?[»\"]?)\s*кл", re.IGNORECASE)


def kind_of(row: RowRead, side: str, form_kind: str, today: date) -> str:
    """The kind of a new person, "" where nothing tells it."""
    values = row.values
    if values.get("kind"):
        return str(values["kind"])
    if form_kind:
        return form_kind
    if values.get("class_name") or (values.get("place") and class_in(values["place"])):
        return PUPIL
    post = search_key(values.get("post") or values.get("place") or "")
    if post or "subject" in row.raw or "teaching_since" in row.raw:
        found = next((kind for kind, pattern in BY_POST if pattern.search(post)), "")
        return found or ("expert" if side == MENTOR and post else "teacher")
    birth = date.fromisoformat(values["birth_date"]) if values.get("birth_date") else None
    return PUPIL if side == MENTEE or (birth and is_young(birth, "", today)) else row.kind


def settle_place(row: RowRead, kind: str) -> None:
    """Put what the sheet calls the place of work or study where the register has it: a pupil's class, else the post."""
    place = row.values.pop("place", "")
    if not place:
        return
    if kind != PUPIL:
        row.values.setdefault("post", place)
    elif found := class_in(place):
        row.values.setdefault("class_name", found)


def class_in(place: str) -> str:
    """«МБОУ СОШ № 4, 10 «А» класс» -> «10 «А»»; nothing where no class is named."""
    found = IN_PLACE.search(place)
    try:
        said = class_of(found[1] if found else place)
    except BadCell:
        return ""
    return said if said[0].isdigit() and len(said) <= 6 else ""
