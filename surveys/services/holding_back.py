"""Answers without a name wait, sealed, until five can be released together: nobody can tell whose any of them is.

The campaign's row is locked by the caller through all of this, so that two who answer at once stand in line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from secrets import SystemRandom

from core.crypto import seal, unseal
from surveys.models import Answer, Campaign, HeldResponse, Response

BATCH = 5
"""As many are released together, and as many have to answer before anything is shown."""
MOST_HELD = 2 * BATCH
"""With as many held the earlier half is released; the latest always stay."""
SMALLEST_PAD = 4096
LENGTH_BYTES = 4
_shuffle = SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class Datum:
    """One datum as a row of `Answer` has it, of nobody."""

    question: str
    item: str = ""
    number: Decimal | None = None
    text: str = ""


Sheet = tuple[Datum, ...]
"""All that one person answered."""


def hold_sheets(*, campaign: Campaign, sheets: Iterable[Sheet]) -> None:
    """Put these with what is held; whatever is ready goes into the results, and the rest is sealed anew.

    Every held row is written again in another order, so that no key, place or length tells which came last.
    """
    held = [*_unsealed(campaign), *sheets]
    while len(held) >= MOST_HELD:
        _release(campaign, held[:BATCH])
        held = held[BATCH:]
    campaign.held.all().delete()
    _seal_anew(campaign, held)


def release_rest(*, campaign: Campaign) -> int:
    """At the closing: everything goes into the results in a new order, and their number is given back.

    Of fewer than five nothing may be shown: what they answered is destroyed.
    """
    sheets = [*_released(campaign), *_unsealed(campaign)]
    campaign.held.all().delete()
    if len(sheets) >= BATCH:
        campaign.responses.filter(respondent=None).delete()
        _release(campaign, sheets)
    return len(sheets)


def _release(campaign: Campaign, sheets: Sequence[Sheet]) -> None:
    shuffled = list(sheets)
    _shuffle(shuffled)
    responses = Response.objects.bulk_create(Response(campaign=campaign, is_sent=True) for _sheet in shuffled)
    Answer.objects.bulk_create(
        Answer(response=response, question=datum.question, item=datum.item, number=datum.number, text=datum.text)
        for response, sheet in zip(responses, shuffled, strict=True)
        for datum in sheet
    )


def _released(campaign: Campaign) -> list[Sheet]:
    """What stands in the results already."""
    responses = campaign.responses.filter(respondent=None).prefetch_related("answers")
    return [
        tuple(Datum(row.question, row.item, row.number, row.text) for row in response.answers.all())
        for response in responses
    ]


def _unsealed(campaign: Campaign) -> list[Sheet]:
    """What is held, in the order in which it came. Raises SealBroken."""
    placed = [_open(bytes(row.sealed), campaign) for row in campaign.held.all()]
    return [sheet for _place, sheet in sorted(placed, key=lambda one: one[0])]


def _seal_anew(campaign: Campaign, sheets: Sequence[Sheet]) -> None:
    plain = [
        json.dumps([place, *map(_plain, sheet)], ensure_ascii=False).encode() for place, sheet in enumerate(sheets)
    ]
    size = SMALLEST_PAD
    while any(len(text) + LENGTH_BYTES > size for text in plain):
        size *= 2
    _shuffle(plain)
    padded = [(len(text).to_bytes(LENGTH_BYTES, "big") + text).ljust(size, b"\0") for text in plain]
    HeldResponse.objects.bulk_create(
        HeldResponse(campaign=campaign, sealed=seal(text, context=_context(campaign))) for text in padded
    )


def _open(sealed: bytes, campaign: Campaign) -> tuple[int, Sheet]:
    padded = unseal(sealed, context=_context(campaign))
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    place, *data = json.loads(padded[LENGTH_BYTES : LENGTH_BYTES + length])
    return place, tuple(Datum(question, item, _number(number), text) for question, item, number, text in data)


def _plain(datum: Datum) -> list[str | None]:
    question, item, number, text = astuple(datum)
    return [question, item, None if number is None else str(number), text]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _context(campaign: Campaign) -> str:
    return f"held:{campaign.pk}"
