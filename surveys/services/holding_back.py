"""Answers without a name wait, sealed, until five can be released together: nobody can tell whose any of them is.

The campaign's row is locked by the caller through all of this, so that two who answer at once stand in line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from secrets import SystemRandom

from core.crypto import seal, unseal
from core.ready_queries import planning_once
from surveys.content import Content, Question
from surveys.models import Answer, Campaign, HeldResponse, Response

BATCH = 5
"""As many are released together, and as many have to answer before anything is shown."""
MOST_HELD = 2 * BATCH
"""With as many held the earlier half is released; the latest always stay."""
LENGTH_BYTES = 4
WIDEST_NUMBER = Decimal("-9999999999.9999999999")
"""As many digits as may be typed."""
WIDEST_SIGN = "\N{SPEECH BALLOON}"
"""Four bytes, more than any other takes, also one that JSON escapes."""
DAY_SIGNS = 10
TAKE_OUT = "DELETE FROM surveys_heldresponse WHERE campaign_id = %s RETURNING id, campaign_id, sealed"
"""To look and to delete in one go: everyone of the campaign waits for it."""
PUT_BACK = "INSERT INTO surveys_heldresponse (campaign_id, sealed) VALUES "
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


def hold_sheets(*, campaign: Campaign, content: Content, sheets: Iterable[Sheet]) -> None:
    """Put these with what is held; whatever is ready goes into the results, and the rest is sealed anew.

    Every held row is written again in another order, so that no key, place or length tells which came last; `content`
    says how long they all are.
    """
    held = [*_taken_out(campaign), *sheets]
    while len(held) >= MOST_HELD:
        _release(campaign, held[:BATCH])
        held = held[BATCH:]
    _seal_anew(campaign, held, room_for(content))


def room_for(content: Content) -> int:
    """How many bytes the longest answers that may be given take: as long is every row that waits.

    A length that followed what was written would tell who wrote much, and so whose the long text of a batch is.
    """
    return LENGTH_BYTES + len(_plain(0, [datum for question in content.questions() for datum in _longest(question)]))


def release_rest(*, campaign: Campaign) -> int:
    """At the closing: everything goes into the results in a new order, and their number is given back.

    Of fewer than five nothing may be shown: what they answered is destroyed.
    """
    sheets = [*_released(campaign), *_taken_out(campaign)]
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


def _taken_out(campaign: Campaign) -> list[Sheet]:
    """What was held, the five that came first before the others, within each in no order. Raises SealBroken."""
    placed = [_open(bytes(row.sealed), campaign) for row in HeldResponse.objects.raw(TAKE_OUT, [campaign.pk])]
    return [sheet for _batch, sheet in sorted(placed, key=lambda one: one[0])]


def _seal_anew(campaign: Campaign, sheets: Sequence[Sheet], size: int) -> None:
    """The seal has the batch alone: even whoever opens it does not learn who came before whom in the same five."""
    plain = [_plain(place // BATCH, sheet) for place, sheet in enumerate(sheets)]
    _shuffle(plain)
    padded = [(len(text).to_bytes(LENGTH_BYTES, "big") + text).ljust(size, b"\0") for text in plain]
    sealed = [seal(text, context=_context(campaign)) for text in padded]
    if sealed:
        with planning_once() as cursor:
            values = ", ".join(["(%s, %s)"] * len(sealed))
            cursor.execute(PUT_BACK + values, [part for one in sealed for part in (campaign.pk, one)])


def _open(sealed: bytes, campaign: Campaign) -> tuple[int, Sheet]:
    padded = unseal(sealed, context=_context(campaign))
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    batch, *data = json.loads(padded[LENGTH_BYTES : LENGTH_BYTES + length])
    return batch, tuple(Datum(question, item, _number(number), text) for question, item, number, text in data)


def _plain(batch: int, sheet: Iterable[Datum]) -> bytes:
    return json.dumps([batch, *map(_as_json, sheet)], ensure_ascii=False).encode()


def _as_json(datum: Datum) -> list[str | None]:
    return [datum.question, datum.item, None if datum.number is None else str(datum.number), datum.text]


def _longest(question: Question) -> Iterator[Datum]:
    """An answer at least as long as any to this question."""
    words = WIDEST_SIGN * max(question.longest, DAY_SIGNS)
    for part in question.options or question.rows or [None]:
        yield Datum(question.key, part.key if part else "", WIDEST_NUMBER, words)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _context(campaign: Campaign) -> str:
    return f"held:{campaign.pk}"
