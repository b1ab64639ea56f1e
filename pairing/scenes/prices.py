"""What a change of one pair costs, in points and in names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cases import NameCase
from pairing.matching import Move, Pair, Price, Solution, alternatives_of, price_of
from pairing.scenes.bench import Bench
from pairing.scenes.people import Names, in_sentence

MINUS, ARROW = "\u2212", "\u2192"


@dataclass(frozen=True, slots=True)
class Cost:
    """«сумма −14», and of each who moves «Вера перейдёт к Илье, 86 → 58»."""

    served: int
    total: int
    words: str
    moves: tuple[str, ...]

    @property
    def is_loss(self) -> bool:
        return self.served < 0 or (self.served == 0 and self.total < 0)


@dataclass(frozen=True, slots=True)
class Other:
    """Another mentor for a mentee; `cost` is None where no place can be made for him."""

    mentor: int
    score: int
    cost: Cost | None


def others_of(bench: Bench, names: Names, current: Solution, row: int, count: int = 3) -> list[Other]:
    """The mentors it costs least to give this mentee instead, best first."""
    found = alternatives_of(bench.instance(row), current, row, count)
    return [
        Other(bench.table.mentors[one.mentor].key, round(one.score), cost_of(bench, names, one.price)) for one in found
    ]


def cost_of_pair(bench: Bench, names: Names, current: Solution, pair: Pair) -> Cost | None:
    """What it costs to put these two together; None where no place can be made."""
    price = price_of(bench.instance(pair[0]), current, *pair)
    return cost_of(bench, names, price) if price else None


def cost_of(bench: Bench, names: Names, price: Price) -> Cost:
    served, total = price.served, round(price.total)
    return Cost(served, total, cost_in_words(served, total), tuple(_move(bench, names, move) for move in price.moves))


def cost_in_words(served: int, total: int) -> str:
    """«сумма −14», «на 1 пару меньше, сумма +3»; «сумма та же»."""
    parts = []
    if served < 0:
        parts.append(ngettext("%(n)s pair fewer", "%(n)s pairs fewer", -served) % {"n": -served})
    elif served > 0:
        parts.append(ngettext("%(n)s pair more", "%(n)s pairs more", served) % {"n": served})
    if total:
        parts.append(_("total %(change)s") % {"change": signed(total)})
    return ", ".join(parts) or _("the total stays the same")


def signed(number: int) -> str:
    """«+14», «−3», «0»"""
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number else "0"


def _move(bench: Bench, names: Names, move: Move) -> str:
    mentee = in_sentence(names[bench.table.mentees[move.mentee].key])
    if move.to_mentor is None or move.to_score is None:
        return _("%(mentee)s stays without a mentor") % {"mentee": mentee}
    mentor = in_sentence(names[bench.table.mentors[move.to_mentor].key], NameCase.DATIVE)
    said = {"mentee": mentee, "mentor": mentor, "after": round(move.to_score)}
    if move.from_score is None:
        return _("%(mentee)s comes to %(mentor)s, %(after)s") % said
    return _("%(mentee)s moves to %(mentor)s, %(before)s %(arrow)s %(after)s") % (
        said | {"before": round(move.from_score), "arrow": ARROW}
    )
