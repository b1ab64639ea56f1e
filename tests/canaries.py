"""Schools full of canaries: every text of every row is a word that no other school has."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone
from factory.declarations import Trait
from PIL import Image

from core import files
from core.access import Door
from core.actors import Actor, ActorKind
from core.crypto import seal
from core.fields import KeyField
from core.models import Event, Job, JobState, JournalHead, Notice, NoticeState, Once, Role, School, StoredFile
from pairing.models import Match, MatchState, Meeting, Mentorship, Place
from participants.models import Charge, Consent, Enrolment, MentoringForm, Person, PersonKind
from reports.models import Order
from roadmap.models import Cycle, Draft
from roadmap.services.drafts import open_draft
from roadmap.services.papers import ROADMAP_PDF
from surveys.models import Response
from tests.core.test_visibility import SEEN_BY
from tests.factories import (
    ROADMAP,
    MeetingFactory,
    MentoringFormFactory,
    OrderFactory,
    OrderLineFactory,
    PlaceFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
    factory_of,
    full_programme,
    installation_admin,
)
from tests.families import Family, come_by_link, family_of, new_family
from tests.test_access_matrix import THINGS, Route, all_routes

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
    "participants.PeopleSheet": {"columns"},
    "participants.SheetRow": {"changes", "left_out", "errors", "undo"},
    "participants.ColumnMemory": {"field"},
    "participants.Destruction": {"categories"},
    "participants.RegisterRules": {"remind_after"},
    "participants.Person": {"pseudonym"},
    "pairing.PairingRules": {"weights"},
    "pairing.Match": {"lifted"},
    "pairing.Scenario": {"weights", "fingerprint"},
    "pairing.ScenarioPair": {"lifted"},
    "pairing.Submission": {"protocol"},
    "surveys.Questionnaire": {"key"},
    "surveys.QuestionnaireVersion": {"content"},
    "surveys.Campaign": {"audience", "remind_after"},
    "surveys.ClassDoor": {"token_hash"},
    "surveys.Respondent": {"letter_hash", "slip_hash", "code_hash"},
    "surveys.Answer": {"question", "item"},
    "surveys.Parameter": {"key"},
    "reports.MonitoringReport": {"totals", "frozen"},
    "roadmap.Draft": {"outline", "entered", "settled", "lines", "template"},
    "roadmap.Programme": {"columns", "settled"},
    "roadmap.Activity": {"remind_days"},
    "roadmap.Change": {"before", "after"},
    "roadmap.Version": {"content"},
    "roadmap.CalendarFeed": {"token_hash"},
}
"""Columns of text that nobody types: keys, digests, kinds, numbers in a list; a draft is read from its document."""
LISTS = {
    "points": lambda text: [text],
    "familiar": lambda text: [[text, text]],
    "lacking": lambda text: [text],
    "extra": lambda text: {"result": text},
    "cells": lambda text: {"surname": text},
    "draft": lambda text: {"q2": text},
    "reasons": lambda text: [{"part": "request", "points": 38, "words": text}],
    "swot": lambda text: {"strengths": text},
}


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
    """A canary into every text that the row may have."""
    bare = bare_columns(row)
    for column in text_columns(type(row)):
        if column.name not in bare:
            setattr(row, column.name, canary(row, column, mark))
    row.save()
    if isinstance(row, StoredFile):
        put_in_file(row, mark)


def bare_columns(row: models.Model) -> set[str]:
    """Columns that are empty in such a row: a pupil's own address and phone, the class of a charge of one person, the
    place of an original that has not come.
    """
    if isinstance(row, Person) and row.kind == PersonKind.PUPIL:
        return {"email", "phone"}
    if isinstance(row, Charge) and row.person_id:
        return {"class_name"}
    if isinstance(row, Response) and not row.respondent_id:
        return {"draft"}
    return {"original_place"} if isinstance(row, Consent) and not row.original_on else set()


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
    files._write(stored.place, [seal(data, context=stored.place)])
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


# ---------------------------------------------------------------- two schools, and who opens what of them

LINK, KEEPER = "holder of a link", "installation's administrator"


@dataclass
class Filled:
    """A school full of canaries and the rows that its addresses name."""

    school: School
    mark: str
    others: str
    rows: dict[str, object]
    family: Family


def two_schools() -> tuple[Filled, Filled]:
    """Two schools of which each has canaries of its own."""
    both = filled(NORTH, SOUTH), filled(SOUTH, NORTH)
    for waiting in (Job, Notice):
        # What a test sets going is done at once; what the factories made has nothing behind it.
        waiting.objects.update(due_at=timezone.now() + timedelta(days=1))
    return both


def filled(mark: str, others: str) -> Filled:
    school = SchoolFactory()
    made = fill(school, mark, also=[thing.make for thing in THINGS.values()])
    return Filled(school, mark, others, dict(zip(THINGS, made, strict=True)), family_of(school))


def browser_of(actor: Actor, place: Filled) -> Client:
    client = Client(raise_request_exception=False)
    if actor.kind is ActorKind.LINK:
        return come_by_link(client, place.family.link)
    assert actor.user
    client.force_login(actor.user)
    session = client.session
    session["membership"] = actor.membership.pk if actor.membership else None
    session.save()
    return client


def actor_for(who: str, place: Filled) -> Actor:
    if who == KEEPER:
        return installation_admin()
    return place.family.holder if who == LINK else place.family.actor_in(Role(who))


def addresses(actor: Actor, schools: tuple[Filled, Filled], door: Door | None = None) -> Iterator[str]:
    """Every page the actor's rule lets him open, with rows of each state of his own school and of the other."""
    yield "/"
    for route in all_routes():
        if door and not (route.rule and door in route.rule.who):
            continue
        # What a part of an address names is told by the access matrix, which fails where it is not.
        is_known = all(route.thing(kwarg) in THINGS for kwarg in route.kwargs)
        if is_known and route.rule and route.rule.admits(actor) and "GET" in route.rule.methods:
            # A link with a token opens for whoever holds it; nobody holds another school's.
            is_link = any(kwarg == "token" for kwarg in route.kwargs)
            for place in schools[:1] if is_link else schools:
                yield from filled_in(route, place)


def filled_in(route: Route, place: Filled) -> Iterator[str]:
    keys = [keys_of(route.thing(kwarg), place) for kwarg in route.kwargs]
    # Several keys in one address go together row by row, not each with each.
    for values in itertools.zip_longest(*keys) if len(keys) > 1 else [(key,) for key in keys[0]] if keys else [()]:
        if None not in values:
            yield route.address(dict(zip(route.kwargs, values, strict=True)))


def keys_of(thing: str, place: Filled) -> list[object]:
    """The key of the row made for the matrix, and of the school's newest row in each state."""
    row: Any = place.rows[thing]
    keys = [THINGS[thing].key(row)]
    if isinstance(row, models.Model) and hasattr(row, "state") and not thing.endswith("job"):
        rows = type(row).objects.visible_to(actor_of(Role.CURATOR, place.school)).order_by("pk")  # type: ignore[attr-defined]
        keys += {other.state: other.pk for other in rows}.values()
    return list(dict.fromkeys(keys))
