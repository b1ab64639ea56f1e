"""What the page of one consent shows: what is expected, the copy that came, its place in the queue."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from core.actors import Actor
from core.models import Role
from participants.models import Consent, ConsentPage, ConsentState
from participants.returning import ReturnReason
from participants.services.consent_lines import authorities_of, signer_words
from participants.services.consent_standing import waiting_to_be_checked


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """One consent as the curator sees it. `place` counts from 1, 0 outside the queue; `pages` are keys of pictures."""

    signer: str
    email: str
    pages: tuple[int, ...]
    is_known: bool
    place: int
    waiting: int
    following: int
    preceding: int
    reasons: tuple[tuple[str, str, str], ...]
    is_open: bool
    is_awaited: bool


def sheet_of_consent(consent: Consent, actor: Actor) -> ConsentSheet:
    """Everything of the page that is not a column of the consent."""
    queue = list(waiting_to_be_checked(actor).values_list("pk", flat=True))
    place = queue.index(consent.pk) + 1 if consent.pk in queue else 0
    pages = list(
        ConsentPage.objects.visible_to(actor)
        .filter(consent=consent, attempt=consent.attempt)
        .values_list("pk", "is_known")
        .order_by("place")
    )
    return ConsentSheet(
        signer=signer_words(consent, authorities_of([consent.person_id])),
        email=consent.guardian.email if consent.guardian else consent.person.email,
        pages=tuple(key for key, _is_known in pages),
        is_known=any(is_known for _key, is_known in pages),
        place=place,
        waiting=len(queue),
        following=next_to_check(consent, actor) if actor.role == Role.CURATOR else 0,
        preceding=queue[place - 2] if place > 1 else 0,
        reasons=tuple(
            (str(number), value, str(label)) for number, (value, label) in enumerate(ReturnReason.choices, start=1)
        ),
        is_open=consent.state in (ConsentState.ASKED, ConsentState.SENT, ConsentState.RETURNED),
        is_awaited=consent.state in (ConsentState.ASKED, ConsentState.RETURNED),
    )


def next_to_check(consent: Consent, actor: Actor) -> int:
    """The key of the copy that waits after this one, from the oldest again; 0 where no other waits."""
    others = waiting_to_be_checked(actor).exclude(pk=consent.pk)
    later = Q(sent_at__gt=consent.sent_at) | Q(sent_at=consent.sent_at, pk__gt=consent.pk)
    following = others.filter(later).first() if consent.sent_at else None
    found = following or others.first()
    return found.pk if found else 0
