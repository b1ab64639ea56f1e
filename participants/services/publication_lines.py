"""The list of publication: who was asked, and what each has allowed where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.russian import search_key
from participants.models import (
    OPEN_CONSENTS,
    Consent,
    ConsentPurpose,
    ConsentState,
    Datum,
    Person,
    PublicResource,
    PublishedItem,
)
from participants.services.consent_lines import authorities_of, signer_words
from participants.services.consent_standing import running_enrolments

STANDINGS: dict[str, str | Promise] = {
    "": gettext_lazy("everyone who takes part"),
    "not_asked": gettext_lazy("not asked"),
    "awaited": gettext_lazy("asked, no decision yet"),
    "given": gettext_lazy("allowed something"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """One consent to publication of one signer; `allowed` says where what may be shown, in words."""

    pk: int
    signer: str
    state: str
    tone: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One person, with what was asked of whoever signs for him."""

    pk: int
    name: str
    place: str
    consents: tuple[Given, ...]


def found_people(actor: Actor, wanted: Mapping[str, str], today: date) -> QuerySet[Person]:
    """Those who take part and answer to `q` and `standing`, by name."""
    people = Person.objects.filter(pk__in=running_enrolments(actor, today).values("person"))
    for word in search_key(wanted.get("q", "")).split():
        people = people.filter(search_key__contains=word)
    asked = Consent.objects.filter(person=OuterRef("pk"), purpose=ConsentPurpose.DISSEMINATION)
    given = Exists(asked.in_force(today))
    awaited = Exists(asked.filter(state__in=OPEN_CONSENTS))
    standing = wanted.get("standing")
    if standing == "given":
        people = people.filter(given)
    elif standing == "awaited":
        people = people.filter(awaited)
    elif standing == "not_asked":
        people = people.exclude(Exists(asked))
    return people.order_by("sort_key", "pk")


def public_lines(page: Page[Person]) -> list[PublicLine]:
    """The rows of a page, in three queries more."""
    people = list(page)
    rows = Consent.objects.filter(person__in=people, purpose=ConsentPurpose.DISSEMINATION)
    consents = list(
        rows.exclude(state=ConsentState.CANCELLED).select_related("guardian", "person").order_by("-asked_at", "-pk")
    )
    rights, allowed = authorities_of(person.pk for person in people), _allowed(consents)
    of_person: dict[int, list[Given]] = defaultdict(list)
    for row in consents:
        words = allowed.get(row.pk, ()) if row.state == ConsentState.IN_FORCE else ()
        of_person[row.person_id].append(
            Given(row.pk, signer_words(row, rights), row.get_state_display(), _tone(row), tuple(words))
        )
    return [PublicLine(person.pk, person.full_name, person.place, tuple(of_person[person.pk][:2])) for person in people]


def _allowed(consents: Iterable[Consent]) -> dict[int, list[str]]:
    """«Сайт школы: фотография, видео» for each resource of each consent."""
    items = PublishedItem.objects.filter(consent__in=list(consents), is_allowed=True)
    found: dict[tuple[int, PublicResource], list[str]] = defaultdict(list)
    for item in items.select_related("resource").order_by("resource__place", "pk"):
        found[item.consent_id, item.resource].append(str(Datum(item.datum).label))
    words: dict[int, list[str]] = defaultdict(list)
    for (consent, resource), data in found.items():
        words[consent].append(f"{resource.name}: {', '.join(data)}")
    return words


def _tone(consent: Consent) -> str:
    if consent.state == ConsentState.IN_FORCE:
        return ""
    return "bad" if consent.ended_at else "warn"
