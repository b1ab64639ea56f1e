"""What the figures say, in sentences a curator can send as they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.statistics.change import Change, Warn
from surveys.statistics.comparison import Difference, Group
from surveys.statistics.paired import PairedChange

MINUS, NBSP = "−", "\u00a0"
SMALLEST_CHANCE = 0.001
SIZES = ((0.2, "tiny"), (0.5, "small"), (0.8, "medium"))
"""Below which g an effect is called what (Cohen 1988)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Those who take no part, and who they are."""

    words: str
    group: Group


def figure(value: float, places: int = 2) -> str:
    """«−1,25», without zeros at the end."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize()
    text = str(number_format(abs(exact) + 0, use_l10n=True))
    return f"{MINUS}{text}" if exact < 0 else text


def signed(value: float, places: int = 2) -> str:
    """As `figure`, with a plus above 0."""
    text = figure(value, places)
    return text if text.startswith(MINUS) or text == "0" else f"+{text}"


def scale_words(least: Decimal | None, most: Decimal | None, unit: str) -> str:
    """«от 1 до 10, балл»; empty where nothing binds it."""
    low, high = (figure(float(end)) if end is not None else "" for end in (least, most))
    if low and high:
        words = _("from %(least)s to %(most)s") % {"least": low, "most": high}
    elif low:
        words = _("from %(least)s upwards") % {"least": low}
    else:
        words = _("up to %(most)s") % {"most": high} if high else ""
    return ", ".join(filter(None, (words, unit)))


def scale_ends(least: Decimal | None, most: Decimal | None, values: Iterable[float]) -> tuple[float, float]:
    """Between what a drawing lies: the ends of the scale, else whole numbers around the values and 0."""
    given = [0.0, *values]
    low = float(least) if least is not None else float(math.floor(min(given)))
    high = float(most) if most is not None else float(math.ceil(max(given)))
    return low, max(high, low + 1)


def reading_of(change: Change, direction: str, compared: Compared | None) -> list[str]:
    """What changed, sentence by sentence; `direction` is which change is good: up, down or none."""
    paired = change.paired
    if paired is None:
        return [hidden(change.size), *_begun(change)]
    own = [] if paired.stayed == paired.size else [_mean(paired), *_chance(paired, direction), *_effect(paired)]
    return [counts(paired, direction), *own, *_beside(change.compared, compared)]


def hidden(size: int) -> str:
    """Why there are no figures."""
    if not size:
        return _("Nobody has been measured twice yet.")
    return ngettext(
        "%(n)s person was measured twice. Figures of fewer than five people are not shown.",
        "%(n)s people were measured twice. Figures of fewer than five people are not shown.",
        size,
    ) % {"n": size}


def _begun(change: Change) -> Iterator[str]:
    if change.begun > change.size:
        yield _("Measured at the entry: %(begun)s of %(people)s.") % {"begun": change.begun, "people": change.people}


def counts(paired: PairedChange, direction: str) -> str:
    """«Значение снизилось у 21 из 30 человек, выросло у 6, не изменилось у 3.» What is wanted stands first."""
    if paired.stayed == paired.size:
        return _("The value stayed the same in all of them.")
    falls_first = direction == "down" or (direction != "up" and paired.fell > paired.rose)
    first = _fell(paired.fell, paired.size) if falls_first else _rose(paired.rose, paired.size)
    rest = []
    if falls_first and paired.rose:
        rest.append(_("rose in %(n)s") % {"n": paired.rose})
    if not falls_first and paired.fell:
        rest.append(_("fell in %(n)s") % {"n": paired.fell})
    if paired.stayed:
        rest.append(_("stayed the same in %(n)s") % {"n": paired.stayed})
    return f"{', '.join([first, *rest])}."


def _fell(count: int, total: int) -> str:
    if not count:
        words = ngettext(
            "The value fell in nobody of %(total)s person", "The value fell in nobody of %(total)s people", total
        )
    else:
        words = ngettext(
            "The value fell in %(n)s of %(total)s person", "The value fell in %(n)s of %(total)s people", total
        )
    return words % {"n": count, "total": total}


def _rose(count: int, total: int) -> str:
    if not count:
        words = ngettext(
            "The value rose in nobody of %(total)s person", "The value rose in nobody of %(total)s people", total
        )
    else:
        words = ngettext(
            "The value rose in %(n)s of %(total)s person", "The value rose in %(n)s of %(total)s people", total
        )
    return words % {"n": count, "total": total}


def _mean(paired: PairedChange) -> str:
    if not paired.deviation:
        return _("It changed by %(change)s in each of them.") % {"change": signed(paired.change)}
    words = _("The mean change is %(change)s; with 95 %% confidence it lies between %(low)s and %(high)s.")
    return words % {
        "change": signed(paired.change),
        "low": signed(paired.interval.low),
        "high": signed(paired.interval.high),
    }


def _chance(paired: PairedChange, direction: str) -> Iterator[str]:
    if not paired.change:
        yield _("On average nothing has changed.")
        return
    if not paired.is_unlikely_by_chance:
        yield _("A change this large could well be chance (%(p)s).") % {"p": chance(paired.chance)}
        return
    yield _("A change this large by chance is unlikely (%(p)s).") % {"p": chance(paired.chance)}
    if direction in {"up", "down"}:
        wanted = (paired.change > 0) == (direction == "up")
        yield _("It went the way it should.") if wanted else _("It went the wrong way.")


def _effect(paired: PairedChange) -> Iterator[str]:
    if paired.effect is None:
        return
    size = next((name for bound, name in SIZES if abs(paired.effect) < bound), "large")
    words = {
        "tiny": _("The effect is negligible (Hedges' g for paired data: %(g)s)."),
        "small": _("The effect is small (Hedges' g for paired data: %(g)s)."),
        "medium": _("The effect is medium (Hedges' g for paired data: %(g)s)."),
        "large": _("The effect is large (Hedges' g for paired data: %(g)s)."),
    }
    yield words[size] % {"g": signed(paired.effect)}


def _beside(found: Difference | None, compared: Compared | None) -> Iterator[str]:
    if compared is None:
        return
    words = ngettext(
        "Those compared with (%(who)s, %(n)s person) changed by %(change)s on average.",
        "Those compared with (%(who)s, %(n)s people) changed by %(change)s on average.",
        compared.group.size,
    )
    yield words % {"who": compared.words, "n": compared.group.size, "change": signed(compared.group.mean)}
    if found is None:
        return
    given = {
        "difference": signed(found.difference),
        "low": signed(found.interval.low),
        "high": signed(found.interval.high),
        "p": chance(found.chance),
    }
    if found.is_unlikely_by_chance:
        sure = _(
            "The difference between the two changes is %(difference)s (95 %%: between %(low)s and %(high)s); by chance "
            "it is unlikely (%(p)s)."
        )
    else:
        sure = _(
            "The difference between the two changes is %(difference)s (95 %%: between %(low)s and %(high)s); it could "
            "well be chance (%(p)s)."
        )
    yield sure % given


def chance(value: float) -> str:
    """«p = 0,03», «p < 0,001»."""
    if value < SMALLEST_CHANCE:
        return f"p{NBSP}<{NBSP}{figure(SMALLEST_CHANCE, 3)}"
    return f"p{NBSP}={NBSP}{figure(value, 3 if value < 0.1 else 2)}"


def warnings_of(change: Change) -> list[str]:
    """What to beware of, a sentence each."""
    words = {
        Warn.ALONE: _(
            "There is no comparison group: nobody knows how those who take no part changed in the same time, so the change "
            "cannot be put down to the mentoring alone."
        ),
        Warn.FEW: ngettext(
            "%(n)s of %(people)s person was measured twice, fewer than half: the others may have changed otherwise.",
            "%(n)s of %(people)s people were measured twice, fewer than half: the others may have changed otherwise.",
            change.people,
        )
        % {"n": change.size, "people": change.people},
        Warn.OTHERS: _(
            "Those measured at the entry alone were unlike the others already then, so the result may be too good or too bad."
        ),
    }
    return [words[warn] for warn in change.warnings]
