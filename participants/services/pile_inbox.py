"""What the pages of the inbox show: piles, the pages that wait, the consents a page may be put with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from core.actors import Actor
from core.russian import search_key
from participants.models import Consent, ConsentPurpose, ConsentState, Pile, PilePage, PilePageStatus, PileState
from participants.pile_reasons import PageReason
from participants.services.consent_lines import authorities_of, signer_words
from participants.services.pile_filing import MAY_BE_FILED, WAITING

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page of a pile: where it is now, in words. `is_waiting` where a person has to look at it."""

    pk: int
    number: int
    consent: int
    name: str
    words: str
    reason: str
    is_waiting: bool
    is_filed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A consent that a page may be put with. `is_added` where a copy has come and the page goes to it."""

    pk: int
    name: str
    place: str
    signer: str
    purpose: str
    is_added: bool


def waiting_pages(actor: Actor) -> QuerySet[PilePage]:
    """The pages that a person has to look at, in the order of their piles."""
    rows = PilePage.objects.visible_to(actor).filter(status__in=WAITING, pile__state=PileState.READ)
    return rows.order_by("pile", "number")


def next_waiting(page: PilePage, actor: Actor) -> int:
    """The key of the page that waits after this one, from the first again; 0 where no other waits."""
    others = waiting_pages(actor).exclude(pk=page.pk)
    later = others.filter(Q(pile__gt=page.pile_id) | Q(pile=page.pile_id, number__gt=page.number))
    return later.values_list("pk", flat=True).first() or others.values_list("pk", flat=True).first() or 0


def piles_of(actor: Actor) -> QuerySet[Pile]:
    """The piles with how many pages they have, how many of them are filed and how many wait."""
    waits = Q(pages__status__in=WAITING)
    return Pile.objects.visible_to(actor).annotate(
        count=Count("pages"),
        filed=Count("pages", filter=Q(pages__status=PilePageStatus.FILED)),
        waiting=Count("pages", filter=waits),
    )


def page_lines(pile: Pile) -> list[PageLine]:
    """Every page that was read so far."""
    rows = pile.pages.select_related("consent__person").order_by("number")
    return [_line(row, is_read=pile.state == PileState.READ) for row in rows]


def reasons_of(lines: Iterable[PageLine]) -> list[tuple[str, str, int]]:
    """Why pages wait, each reason with its words and how many pages it has, the most first."""
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.is_waiting:
            counts[line.reason, line.words] = counts.get((line.reason, line.words), 0) + 1
    return sorted(((*reason, count) for reason, count in counts.items()), key=lambda row: -row[2])


def words_of(page: PilePage) -> str:
    """Why the page waits, or where it went."""
    if page.reason in PageReason.values:
        return str(PageReason(page.reason).label)
    return str(PilePageStatus(page.status).label)


def found_consents(page: PilePage, wanted: str, actor: Actor) -> list[Found]:
    """Those that answer to the words by name or class; without words the one whose code is on the page."""
    rows = Consent.objects.visible_to(actor).filter(state__in=MAY_BE_FILED)
    words = search_key(wanted).split()
    if words:
        for word in words:
            rows = rows.filter(Q(person__search_key__contains=word) | Q(person__class_key__contains=word))
    else:
        rows = rows.filter(pk=page.consent_id or 0)
    rows = rows.select_related("person", "guardian").order_by("person__sort_key", "person", "purpose", "pk")
    return _found(list(rows[:MOST_FOUND]))


def _found(rows: Sequence[Consent]) -> list[Found]:
    rights = authorities_of(row.person_id for row in rows)
    return [
        Found(
            pk=row.pk,
            name=row.person.full_name,
            place=row.person.place,
            signer=signer_words(row, rights),
            purpose=str(ConsentPurpose(row.purpose).label),
            is_added=row.state == ConsentState.SENT,
        )
        for row in rows
    ]


def _line(page: PilePage, *, is_read: bool) -> PageLine:
    return PageLine(
        pk=page.pk,
        number=page.number,
        consent=page.consent_id or 0,
        name=page.consent.person.full_name if page.consent else "",
        words=words_of(page),
        reason=page.reason,
        is_waiting=is_read and page.status in WAITING,
        is_filed=page.status == PilePageStatus.FILED,
    )
