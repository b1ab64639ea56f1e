"""What waits for a person as one list: things of other apps, overdue activities, activities without days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from roadmap.board.offers import offer_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.standing import late_rows, undated_rows
from roadmap.board.words import day_words, late_words, left_words
from roadmap.day import Waiting
from roadmap.evidence import Evidence, Proofs
from roadmap.models import EvidenceKind

MOST_LATE = 6


class Wait(NamedTuple):
    """One row of the list, ready to be printed; what is empty is not shown.

    `proof` says what was counted for it, `aside` is a quiet second way. The answer to a deed done `in_place` is a
    form that is put in the button's stead; a deed done `at_once` asks nothing more.
    """

    day: str
    small: str
    text: str
    detail: str
    tone: str
    deed: str
    url: str
    proof: str = ""
    aside: str = ""
    aside_url: str = ""
    in_place: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class WaitList:
    """The rows, and how many things they stand for."""

    rows: list[Wait]
    count: int
    late: int


def wait_list(
    waiting: Iterable[Waiting], windows: Sequence[WindowRow], proofs: Proofs, programme: str, today: date
) -> WaitList:
    """Late things first, the longest waiting before the others; `programme` is the address of the roadmap.

    Of many overdue activities the oldest are named and the rest counted; activities without days are one thing.
    Those whose work is complete before their last day follow what is overdue.
    """
    overdue, others = late_rows(windows), list(waiting)
    ready = [row for row in windows if row.standing is not Standing.LATE and offer_of(row, proofs, today)]
    undated = [row for row in undated_rows(windows) if row not in ready]
    late = [(row.ends_on or date.max, _late(row, proofs, today)) for row in overdue[:MOST_LATE]]
    calm: list[tuple[date, Wait]] = []
    for row in others:
        (late if row.tone == "late" else calm).append((row.day or date.max, _other(row, today)))
    rows = [
        *_by_day(late),
        *_more_late(len(overdue) - MOST_LATE, programme),
        *[_ready(row, proofs, today) for row in ready],
        *_by_day(calm),
        *_undated(len(undated), programme),
    ]
    count = len(others) + len(overdue) + len(ready) + bool(undated)
    return WaitList(rows, count, count - len(calm) - len(ready) - bool(undated))


def waiting_headline(found: WaitList) -> str:
    """«Вас ждут 5 дел, просрочено 2», «Вас ждёт 1 просроченное дело»; empty where nothing waits."""
    if not found.count:
        return ""
    if found.late == found.count:
        text = ngettext("%(count)s overdue thing waits for you", "%(count)s overdue things wait for you", found.count)
    else:
        text = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", found.count)
    if 0 < found.late < found.count:
        text += gettext(", %(late)s of them overdue")
    return text % {"count": found.count, "late": found.late}


def _other(row: Waiting, today: date) -> Wait:
    day = day_words(row.day, today) if row.day else ""
    return Wait(day, row.small, row.text, row.detail, row.tone, row.deed, row.url)


def _late(row: WindowRow, proofs: Proofs, today: date) -> Wait:
    assert row.ends_on is not None
    if offer_of(row, proofs, today):
        return _ready(row, proofs, today)._replace(small=late_words(row.ends_on, today), tone="late")
    done_at = f"{reverse('roadmap:window_done', args=(row.key,))}?next={quote('/', safe='')}"
    proof = proofs.get((row.evidence, row.cycle))
    wait = Wait(
        day=day_words(row.ends_on, today),
        small=late_words(row.ends_on, today),
        text=row.text,
        detail=_detail(row),
        tone="late",
        deed=pgettext("to mark an activity", "Done"),
        url=done_at,
        proof=proof.words if proof else "",
        in_place=True,
    )
    if proof is None or not _is_to_be_worked_on(proof):
        return wait
    return wait._replace(
        deed=_deed(row.evidence), url=proof.url, in_place=False, aside=gettext("It is done already"), aside_url=done_at
    )


def _ready(row: WindowRow, proofs: Proofs, today: date) -> Wait:
    """«Готово: согласия: 40 из 40», to be marked with one press."""
    return Wait(
        day=day_words(row.ends_on, today) if row.ends_on else "",
        small=left_words(row.ends_on, today) if row.ends_on else "",
        text=row.text,
        detail=_detail(row),
        tone="ready",
        deed=pgettext("to mark an activity", "Mark it"),
        url=reverse("roadmap:window_complete", args=(row.key,)),
        proof=gettext("Ready – %(words)s") % {"words": proofs[row.evidence, row.cycle].words},
        at_once=True,
    )


def _detail(row: WindowRow) -> str:
    return " · ".join(filter(None, (row.number and f"№\u00a0{row.number}", row.responsible)))


def _is_to_be_worked_on(proof: Evidence) -> bool:
    return bool(proof.url) and (proof.done < proof.total or not proof.total)


def _deed(kind: str) -> str:
    """What stands on the button that leads to the page where an activity is done."""
    deeds = {
        EvidenceKind.MENTEE_CONSENTS: gettext("Open the consents"),
        EvidenceKind.MENTOR_CONSENTS: gettext("Open the consents"),
        EvidenceKind.MENTEES: gettext("Open the people"),
        EvidenceKind.MENTORS: gettext("Open the people"),
        EvidenceKind.PAIRS: gettext("Match the pairs"),
        EvidenceKind.ORDER: gettext("Open the orders"),
    }
    return deeds.get(EvidenceKind(kind), gettext("Open the meetings") if "meetings" in kind else gettext("Go there"))


def _more_late(count: int, programme: str) -> list[Wait]:
    if count <= 0:
        return []
    text = ngettext("%(count)s more activity is overdue", "%(count)s more activities are overdue", count)
    url = f"{programme}?state={Standing.LATE}#all"
    return [Wait("", "", text % {"count": count}, "", "late", gettext("Look at them"), url)]


def _undated(count: int, programme: str) -> list[Wait]:
    if not count:
        return []
    text = ngettext("%(count)s activity has no dates", "%(count)s activities have no dates", count)
    reason = gettext("No reminder of them can be sent.")
    url = f"{programme}?state={Standing.UNDATED}#all"
    return [Wait("", "", text % {"count": count}, reason, "", gettext("Set the days"), url)]


def _by_day(rows: Iterable[tuple[date, Wait]]) -> list[Wait]:
    return [wait for _day, wait in sorted(rows, key=itemgetter(0))]
