"""Text to tokens: words by their forms, numbers, signs; what says nothing about time (quotes, brackets) is left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from roadmap.terms.spelling import nearest_month
from roadmap.terms.vocabulary import DASHES, LEXICON, SIGNS, SILENT_WORDS, Sort

_PIECE = re.compile(r"\d+|[^\W\d_]+|\S")
_SILENT = frozenset("«»\"“”„‟'’‘`´()[]{}<>:*_•·|")
_COUNTABLE = (Sort.NUMBER, Sort.ORDINAL, Sort.YEAR)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `start` and `end` are its place there, `guessed` the word it was taken for."""

    sort: Sort
    value: int | str
    text: str
    start: int
    end: int
    guessed: str = ""

    @property
    def number(self) -> int:
        """The value of a token that counts something, 0 for any other."""
        return self.value if isinstance(self.value, int) else 0


def clean(text: str) -> str:
    """The text with letters put together (й of two signs) and invisible signs (soft hyphens) left out."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # as nearly all texts are: invisible signs are not
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def tokenise(text: str) -> list[Token]:
    """The tokens of a cleaned text."""
    tokens: list[Token] = []
    for piece in _PIECE.finditer(text):
        if piece[0] == ")" and [token.sort for token in tokens] == [Sort.NUMBER]:
            tokens.clear()  # «1) Сентябрь»: the number of a list
        if piece[0] not in _SILENT and folded(piece[0]) not in SILENT_WORDS:
            _append(tokens, _token(piece))
    return tokens


def _token(piece: re.Match[str]) -> Token:
    sort, value = _meaning(piece[0])
    guessed = nearest_month(folded(piece[0])) if sort is Sort.WORD else None
    if guessed:
        sort, value = LEXICON[guessed]
    return Token(sort, value, piece[0], piece.start(), piece.end(), guessed or "")


def _meaning(text: str) -> tuple[Sort, int | str]:
    if text in DASHES:
        return Sort.DASH, text
    if text in SIGNS:
        return SIGNS[text], text
    if text.isdecimal():
        return {4: Sort.YEAR, 2: Sort.NUMBER, 1: Sort.NUMBER}.get(len(text), Sort.WORD), int(text[:4])
    return LEXICON.get(folded(text), (Sort.WORD, text))


def folded(word: str) -> str:
    """The form under which a word stands in the lexicon; Roman numerals of one sign become letters."""
    return unicodedata.normalize("NFKC", word).lower().replace("ё", "е")


def _append(tokens: list[Token], token: Token) -> None:
    """Adds a token, settling with those before it what it can only mean in their company."""
    for rule in (_drop_abbreviation_dot, _drop_suffix, _drop_list_number, _join_broken_word, _read_short_year):
        settled = rule(tokens, token)
        if settled is None:
            return
        token = settled
    tokens.append(token)


def _sorts(tokens: list[Token], count: int) -> tuple[Sort, ...]:
    return tuple(token.sort for token in tokens[-count:])


def _drop_abbreviation_dot(tokens: list[Token], token: Token) -> Token | None:
    """«г.», «уч.»: a full stop counts after figures only; a second dash says nothing after the first."""
    if token.sort is Sort.DOT and not (tokens and tokens[-1].text.isdecimal()):
        return None
    if token.sort is Sort.DASH and _sorts(tokens, 1) == (Sort.DASH,):
        return None
    return token


def _drop_suffix(tokens: list[Token], token: Token) -> Token | None:
    """«2-й», «II-я», «5го»."""
    if token.sort is not Sort.SUFFIX:
        return token
    before = _sorts(tokens, 2)
    if before[-1:] and before[-1] in _COUNTABLE:
        return None
    if before[-1:] == (Sort.DASH,) and len(before) == 2 and before[0] in _COUNTABLE:
        tokens.pop()
        return None
    return token


def _drop_list_number(tokens: list[Token], token: Token) -> Token | None:
    """«1. Сентябрь» is an item of a list, «1. сентября» a day."""
    opens = [one.sort for one in tokens] == [Sort.NUMBER, Sort.DOT]
    if opens and token.text.isalpha() and not folded(token.text).endswith(("а", "я")):
        tokens.clear()
    return token


def _join_broken_word(tokens: list[Token], token: Token) -> Token | None:
    """«Сен- тябрь»: a word broken at a hyphen, where the second half is no word of its own."""
    unknown = token.sort is Sort.WORD or token.guessed
    if not unknown or len(tokens) < 2 or tokens[-1].sort is not Sort.DASH:
        return token
    whole = folded(tokens[-2].text + token.text)
    if whole not in LEXICON:
        return token
    sort, value = LEXICON[whole]
    joined = Token(sort, value, whole, tokens[-2].start, token.end)
    del tokens[-2:]
    return joined


def _read_short_year(tokens: list[Token], token: Token) -> Token | None:
    """«31.03.22», «2023/24», «2023-24 уч. год», «май 24 г.»: two figures that can only be a year."""
    if token.sort is Sort.NUMBER and _ends_with_day_and_month(tokens):
        return _year_from(token)
    if token.sort is Sort.NUMBER and _sorts(tokens, 2) == (Sort.YEAR, Sort.SLASH):
        return _year_from(token)
    if token.sort in {Sort.YEAR_WORD, Sort.SCHOOL} and _sorts(tokens, 1) == (Sort.NUMBER,):
        of_pair = _sorts(tokens, 3)[:2] == (Sort.YEAR, Sort.DASH)
        of_month = _sorts(tokens, 2)[:1] == (Sort.MONTH,)
        if len(tokens[-1].text) == 2 and (of_pair or of_month):
            tokens[-1] = _year_from(tokens[-1])
    return token


def _ends_with_day_and_month(tokens: list[Token]) -> bool:
    return any(_sorts(tokens, 4) == (Sort.NUMBER, sign, Sort.NUMBER, sign) for sign in (Sort.DOT, Sort.SLASH))


def _year_from(token: Token) -> Token:
    return Token(Sort.YEAR, 2000 + token.number, token.text, token.start, token.end)
