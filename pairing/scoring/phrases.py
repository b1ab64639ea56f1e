"""Pieces of sentences: what people wrote, quoted; the hours of a week; lists, places and ages as one says them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.cases import NameCase, PersonName
from core.typography import NBSP
from pairing.scoring.profiles import MentorProfile, Profile
from pairing.scoring.words import Lexicon
from participants.register.hours import short_weekday, spans_of

LONGEST_QUOTE = 60
WORDS_BEFORE = 2
EVENING, MORNING = 21, 9
"""Free until so late, one says «после 15»; free from so early on as well, «весь день»."""
_SENTENCE, _CLAUSE, _ITEM = re.compile(r"[.;!?\n]+"), re.compile(r",\s*"), re.compile(r"[.,;!?\n]+|\s+и\s+")


def listing(words: Sequence[str]) -> str:
    """«математика, физика и химия»"""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def uncapital(text: str) -> str:
    """«Догнать математику» -> «догнать математику»; «ОГЭ» and «Python» stay."""
    is_word = re.match(r"[А-ЯЁ]([а-яё]|\s|$)", text)
    return text[0].lower() + text[1:] if is_word else text


def quotation(texts: Iterable[str], roots: Collection[str], lexicon: Lexicon) -> str:
    """Of what someone wrote the piece that says most of these roots, short enough to be quoted within «»."""
    pieces = [piece for text in texts for piece in _pieces(text)]
    if not pieces:
        return ""
    best = max(pieces, key=lambda piece: len(lexicon.roots_of(piece) & {*roots}))
    return uncapital(_shortened(best, roots, lexicon)).replace("«", "„").replace("»", "“")


def shared_items(text: str, roots: Collection[str], lexicon: Lexicon) -> list[str]:
    """Of a list of interests those with one of these roots: «шахматы», «люблю рисовать»."""
    items = (uncapital(_bare(item)) for item in _ITEM.split(text))
    return [_shortened(item, roots, lexicon) for item in items if lexicon.roots_of(item) & {*roots}]


def hours_together(hours: Iterable[int]) -> str:
    """«вт и чт после 15, сб 10–12»: days of the same hours are said together."""
    by_spans: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for day, spans in spans_of(hours).items():
        by_spans.setdefault(tuple(spans), []).append(short_weekday(day))
    return ", ".join(
        f"{listing(days)}{NBSP}{listing([_span(*span) for span in spans])}" for spans, days in by_spans.items()
    )


def days_of(hours: Iterable[int]) -> str:
    """«вт, чт»"""
    return ", ".join(short_weekday(day) for day in spans_of(hours))


def years(age: int) -> str:
    """«12 лет», «21 год»"""
    return ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}


def wished_years(mentor: MentorProfile) -> str:
    """«11–13», «от 11», «до 13»"""
    begin, end = mentor.wanted_age_from, mentor.wanted_age_to
    if begin is None:
        return pgettext("age", "up to %(end)s") % {"end": end}
    if end is None:
        return pgettext("age", "from %(begin)s") % {"begin": begin}
    return str(begin) if begin == end else f"{begin}–{end}"


def called(side: Profile, case: NameCase = NameCase.NOMINATIVE) -> str:
    """«Илью», «Нину Андреевну»; unchanged where the sex is not known."""
    return PersonName("", side.first_name, side.patronymic, side.sex).called(case)


def ordinal(place: int, sex: str) -> str:
    """How someone of this sex was named: «третьим», «третьей»; in figures from the sixth on."""
    men = (
        pgettext("named him", "first"),
        pgettext("named him", "second"),
        pgettext("named him", "third"),
        pgettext("named him", "fourth"),
        pgettext("named him", "fifth"),
    )
    women = (
        pgettext("named her", "first"),
        pgettext("named her", "second"),
        pgettext("named her", "third"),
        pgettext("named her", "fourth"),
        pgettext("named her", "fifth"),
    )
    by_sex = women if sex == "f" else men
    return by_sex[place - 1] if place <= len(by_sex) else _("in place %(place)s") % {"place": place}


def choice_number(place: int) -> str:
    """«третий выбор»"""
    said = (
        pgettext("choice", "first choice"),
        pgettext("choice", "second choice"),
        pgettext("choice", "third choice"),
        pgettext("choice", "fourth choice"),
        pgettext("choice", "fifth choice"),
    )
    return said[place - 1] if place <= len(said) else _("choice number %(place)s") % {"place": place}


def _span(begin: int, end: int) -> str:
    if end < EVENING:
        return f"{begin}–{end}"
    return _("all day") if begin < MORNING else _("after %(hour)s") % {"hour": begin}


def _pieces(text: str) -> list[str]:
    """The text whole where it is short, else its sentences, and of long ones the clauses."""
    whole = _bare(text)
    if len(whole) <= LONGEST_QUOTE:
        return [whole] if whole else []
    found = []
    for sentence in map(_bare, _SENTENCE.split(text)):
        parts = [sentence] if len(sentence) <= LONGEST_QUOTE else map(_bare, _CLAUSE.split(sentence))
        found += [part for part in parts if part]
    return found


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:!?–—-")


def _shortened(piece: str, roots: Collection[str], lexicon: Lexicon) -> str:
    """The piece, or where it is too long its words from a little before the first that matters."""
    if len(piece) <= LONGEST_QUOTE:
        return piece
    words = piece.split()
    telling = (place for place, word in enumerate(words) if lexicon.roots_of(word) & {*roots})
    begin = max(next(telling, 0) - WORDS_BEFORE, 0)
    end, length = begin, 0
    while end < len(words) and length + len(words[end]) < LONGEST_QUOTE:
        length += len(words[end]) + 1
        end += 1
    while end > begin + 1 and not lexicon.roots_of(words[end - 1]):
        end -= 1
    chosen = " ".join(words[begin : max(end, begin + 1)]).strip(" ,")
    return f"{'…' if begin else ''}{chosen}{'…' if end < len(words) else ''}"
