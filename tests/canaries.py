"""Schools full of canaries: every text of every row is a word that no other school has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from factory.declarations import Trait
from PIL import Image

from core import files
from core.crypto import seal
from core.fields import KeyField
from core.models import Event, Job, JobState, JournalHead, Notice, NoticeState, Once, Role, School, StoredFile
from pairing.models import Match, MatchState, Meeting, Mentorship, Place
from participants.models import Enrolment, MentoringForm, Person, PersonKind
from reports.models import Order
from roadmap.models import Cycle, Draft
from roadmap.services.drafts import open_draft
from roadmap.services.papers import ROADMAP_PDF
from tests.core.test_visibility import SEEN_BY
from tests.factories import (
    ROADMAP,
    MeetingFactory,
    MentoringFormFactory,
    OrderFactory,
    OrderLineFactory,
    PlaceFactory,
    actor_of,
    cleared_enrolment,
    factory_of,
    full_programme,
)
from tests.families import new_family

COMMON = "zyab"
"""How every canary begins: looked for in a list, it finds those of all schools that the list lets through."""
NORTH, SOUTH = f"{COMMON}n", f"{COMMON}s"

OWN_MODELS: list[Any] = [model for model in apps.get_models() if (settings.BASE_DIR / model._meta.app_label).is_dir()]
WITHOUT_TEXT: set[Any] = {Event, JournalHead, Once}
"""Rows that are never filled in by anybody and may not be changed."""
KEPT = {
    "core.User": {"password"},
    "core.StoredFile": {"purpose", "place", "content_type", "sha256"},
    "core.Job": {"key", "lease", "kind", "payload"},
    "core.Notice": {"key", "lease", "kind", "payload"},
    "accounts.Invitation": {"token_hash"},
    "accounts.Card": {"token_hash"},
    "accounts.StartCode": {"code_hash"},
    "participants.PersonalLink": {"token_hash"},
    "participants.Enrolment": {"available"},
    "roadmap.Draft": {"outline", "entered", "settled", "lines"},
    "roadmap.Programme": {"columns"},
}
"""Columns of text that nobody types: keys, digests, kinds, numbers in a list; a draft is read from its document."""
LISTS = {"points": lambda text: [text], "familiar": lambda text: [[text, text]]}


def text_columns(model: Any) -> Iterator[models.Field[Any, Any]]:
    """The columns that a canary goes into."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField | models.JSONField)
        is_made = bool(column.choices) or isinstance(column, KeyField)
        if is_text and not is_made and column.name not in KEPT.get(model._meta.label, ()):
            yield column


def fill(school: School, mark: str, *, also: Iterable[Callable[[School], object]] = ()) -> list[object]:
    """Give the school a year with a row of each kind in each state, and put a canary in every text of them.

    What `also` makes for the school gets its canaries too and is given back.
    """
    newest = {model: newest_key(model) for model in OWN_MODELS}
    make_year(school, mark)
    made = [make(school) for make in also]
    put_in(school, mark)
    for model in OWN_MODELS:
        if model not in WITHOUT_TEXT:
            for row in model._default_manager.filter(pk__gt=newest[model]).order_by("pk"):
                put_in(row, mark)
    return made


def newest_key(model: Any) -> Any:
    return model._default_manager.aggregate(newest=models.Max("pk"))["newest"] or 0


def put_in(row: models.Model, mark: str) -> None:
    """A canary into every text of the row; a pupil has neither address nor phone."""
    bare = {"email", "phone"} if isinstance(row, Person) and row.kind == PersonKind.PUPIL else set()
    for column in text_columns(type(row)):
        if column.name not in bare:
            setattr(row, column.name, canary(row, column, mark))
    row.save()
    if isinstance(row, StoredFile):
        put_in_file(row, mark)


def canary(row: models.Model, column: models.Field[Any, Any], mark: str) -> Any:
    word = f"{mark}-{row._meta.model_name}-{column.name}-{row.pk}"
    if isinstance(column, models.EmailField):
        return f"{word}@home.test".replace("_", "-")
    if isinstance(column, models.URLField):
        return f"https://{word}.test/".replace("_", "-")
    if isinstance(column, models.JSONField):
        return LISTS[column.name](word)
    return word if len(word) <= (column.max_length or 1000) else f"{mark}{row.pk}"


def put_in_file(stored: StoredFile, mark: str) -> None:
    """The file's own bytes tell whose it is; a picture in its remark."""
    data = f"{mark}-inside-{stored.pk}".encode()
    if stored.content_type == "image/jpeg":
        picture = BytesIO()
        Image.new("RGB", (40, 56), "white").save(picture, "JPEG", comment=data)
        data = picture.getvalue()
    files._write(stored.place, seal(data, context=stored.place))
    StoredFile.objects.filter(pk=stored.pk).update(size=len(data), sha256=hashlib.sha256(data).hexdigest())


# ---------------------------------------------------------------- a year


def make_year(school: School, mark: str) -> None:
    """A programme, its people, pairs, meetings and orders, and one row of each kind in each of its states."""
    programme = full_programme(school, activities=14, done=3, starts_on=date(date.today().year, 1, 12))
    cycle = programme.cycles.get()
    form = MentoringFormFactory(school=school)
    new_family(school)
    Enrolment.objects.filter(person__school=school).update(cycle=cycle, form=form)
    for model in SEEN_BY:
        for state in states_of(model):
            make_row(model, school, cycle, form, state, mark)
    for state in ("approved", "in_force"):
        order = OrderFactory(school=school, cycle=cycle, **({"in_force": True} if state == "in_force" else {}))
        matches = Match.objects.filter(school=school, state=state)
        for match in matches:
            OrderLineFactory(order=order).matches.add(match)


def states_of(model: Any) -> list[str]:
    """The traits of the model's factory, and none for a row as it begins."""
    if model is School:
        return []
    parameters = factory_of(model)._meta.parameters
    return ["", *(name for name, given in parameters.items() if isinstance(given, Trait))]


def make_row(model: Any, school: School, cycle: Cycle, form: MentoringForm, state: str, mark: str) -> object:
    columns: dict[str, Any] = {state: True} if state else {}
    if model in {Match, Mentorship}:
        columns["mentor"] = cleared_enrolment(person__school=school, cycle=cycle, form=form, mentor=True)
    if model is Place:
        match = make_row(Match, school, cycle, form, MatchState.IN_FORCE, mark)
        return PlaceFactory(school=school, match=match)
    if model in {Enrolment, Order}:
        columns |= {"cycle": cycle} | ({"form": form} if model is Enrolment else {})
    if model is Draft:
        document = ROADMAP.format(n=school.pk).replace("Встреча с родителями", f"Встреча {mark}-draft-text")
        return open_draft(data=document.encode(), name=f"{mark}.txt", by=actor_of(Role.CURATOR, school))
    if model is Job:
        columns |= {"kind": ROADMAP_PDF, "payload": {"programme": cycle.programme_id}}
    if model in {Job, Notice}:
        columns |= {"finished_at": school.created_at, "state": JobState.DONE if model is Job else NoticeState.SENT}
    if model is Meeting:
        return MeetingFactory(mentorship=new_family(school).mentorship)
    return factory_of(model)(**{SEEN_BY[model][0]: school} | columns)


def all_marks(text: str, mark: str) -> set[str]:
    """The places in a text where this school's canaries sit, with a little around them."""
    low, found = text.lower(), set()
    start = low.find(mark)
    while start >= 0:
        found.add(text[start : start + 60].split("\n", maxsplit=1)[0])
        start = low.find(mark, start + 1)
    return found
