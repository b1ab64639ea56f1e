"""The heading row of a plan, in any wording and order of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from roadmap.outline import Column, ColumnKind
from roadmap.reading.titles import OTHERS, TEXT_KINDS, Title, columns_of, distinct_kinds, ends_range
from roadmap.reading.wording import plain, squeeze, tidy

MAX_TITLE = 90
MAX_COLUMNS = 40

# A heading whose columns were lost when the file was made into text: its titles follow one another.
FLAT_TITLES: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"№(?: ?п ?/ ?п)?")),
    ("stage", re.compile(r"(?:наименование|название) этап\w+|этапы?")),
    ("content", re.compile(r"содержани\w+ (?:деятельности|работы)(?: и примерный план мероприятий)?")),
    ("activity", re.compile(r"(?:планируемые |наименование )?мероприяти\w+")),
    ("term", re.compile(r"сроки?(?: (?:реализации|проведения|исполнения|выполнения))?")),
    ("responsible", re.compile(r"ответственн(?:ый|ые)(?: за (?:исполнение|выполнение))?|исполнители?")),
    ("result", re.compile(r"(?:(?:ожидаемый|предполагаемый|планируемый) )?результаты?")),
    ("document", re.compile(r"вид документа")),
)

BARE_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})*[.)]?$")
YEAR_OR_MONTH = re.compile(
    r"\b20\d\d\b|\b(?:январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)|в течени|период"
)


@dataclass(frozen=True)
class Header:
    """The columns of a table by position, and each kind of column once with its title.

    `ends` are the places of columns that hold the last days of terms begun in the column to the left, `words` all
    that stands in the rows of the heading.
    """

    kinds: tuple[ColumnKind | None, ...]
    columns: tuple[Column, ...]
    ends: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(squeeze(text) for text in (*(column.title for column in self.columns), *self.words)) - {""}

    def repeated_by(self, texts: Sequence[str]) -> bool:
        """Whether a row is the same heading again, as on the next page."""
        # The shortest first: with what it says most rows are told from a heading.
        if len(texts) > MAX_COLUMNS or sum(map(len, texts)) > MAX_TITLE * MAX_COLUMNS:
            return False
        found: set[str] = set()
        for said in filter(None, map(squeeze, sorted(texts, key=len))):
            if said not in self.titles:
                return False
            found.add(said)
        return len(found) >= 2


# A plan whose columns were lost: what can be told apart is a stage and what it holds.
TEXT_HEADER = Header(("number", "stage", "content"), ())


def recognise(texts: Sequence[str], groups: Sequence[str] = ()) -> Header | None:
    """The header that a row's cell texts make, or None when the row is no heading of a plan.

    `groups` are titles that stand over several of the columns, for each column, empty where there is none.
    """
    if len(texts) > MAX_COLUMNS:
        return None
    titles = [tidy(text) if len(text) <= 2 * MAX_TITLE else text for text in texts]
    written = [title for title in titles if title]
    if len(written) < 2 or any(len(title) > MAX_TITLE for title in written):
        return None
    grouped = list(map(Title, titles, groups)) if groups else list(map(Title, titles))
    kinds = {title.kind for title in grouped if title.whole}
    telling = kinds - {None, "other", "partner"}
    if len(telling) < 2 or not TEXT_KINDS & telling:
        return None
    known = sum(title.kind is not None for title in grouped if title.whole)
    return _header(grouped) if len(telling) > 2 or known * 2 >= len(written) else None


def aligned(header: Header, columns: tuple[Column, ...]) -> tuple[Header, tuple[Column, ...]]:
    """The header of a further table, its columns of unknown names matched with `columns` by their titles.

    Gives also `columns` with those added that they did not have.
    """
    kinds: dict[ColumnKind, ColumnKind] = {}
    for column in header.columns:
        kind = column.kind
        if kind in OTHERS:
            known = {squeeze(one.title): one.kind for one in columns if one.kind in OTHERS}
            free = [one for one in OTHERS if one not in known.values()]
            kind = known.get(squeeze(column.title)) or (free or OTHERS)[0 if free else -1]
        kinds[column.kind] = kind
        columns = _with(columns, Column(kind, column.title))
    return replace(header, kinds=tuple(kind and kinds.get(kind, kind) for kind in header.kinds)), columns


def _with(columns: tuple[Column, ...], column: Column) -> tuple[Column, ...]:
    place = next((place for place, one in enumerate(columns) if one.kind == column.kind), None)
    if place is None:
        return (*columns, column)
    here = columns[place]
    if column.kind != OTHERS[-1] or squeeze(column.title) in squeeze(here.title):
        return columns
    return (*columns[:place], Column(here.kind, f"{here.title}; {column.title}"), *columns[place + 1 :])


def flat_header(lines: Sequence[str]) -> tuple[Header, int] | None:
    """A heading of lost columns at the first of these lines, and how many of the lines it takes."""
    found: list[tuple[ColumnKind, str]] = []
    rest, best = "", None
    for count, line in enumerate(lines, start=1):
        rest = f"{rest} {tidy(line)}".strip()
        if len(rest) > MAX_TITLE:
            break
        while rest and (step := _flat_step(rest)) is not None:
            kind, length = step
            found.append((kind, rest[:length]))
            rest = rest[length:].strip()
        if not rest and tidy(line):
            best = (list(found), count)
    if best is None or len({kind for kind, _ in best[0]}) < 2 or not TEXT_KINDS & {kind for kind, _ in best[0]}:
        return None
    return _header([Title(title) for _, title in best[0]]), best[1]


def infer(rows: Sequence[Sequence[str]]) -> Header:
    """The columns of a table whose heading was lost, by what stands in them; the titles are unknown."""
    width = min(max(map(len, rows)), MAX_COLUMNS)
    columns = [[row[place] for row in rows if place < len(row)] for place in range(width)]
    text = max(range(width), key=lambda place: sum(map(len, columns[place])))
    kinds: list[ColumnKind | None] = []
    for place, cells in enumerate(columns):
        if place == text:
            kinds.append("activity")
        elif _mostly(BARE_NUMBER, cells):
            kinds.append("number")
        else:
            kinds.append("term" if _mostly(YEAR_OR_MONTH, cells) else "responsible")
    return Header(tuple(kinds), ())


def _mostly(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    return 2 * sum(pattern.search(plain(cell[:MAX_TITLE])) is not None for cell in cells) > len(cells)


def _flat_step(text: str) -> tuple[ColumnKind, int] | None:
    for kind, pattern in FLAT_TITLES:
        match = pattern.match(plain(text))
        if match and (match.end() == len(text) or text[match.end()].isspace()):
            return kind, match.end()
    return None


def _header(titles: Sequence[Title]) -> Header:
    kinds = distinct_kinds(titles)
    ends = frozenset(place for place in range(len(titles)) if ends_range(titles, place))
    words = tuple(text for title in titles for text in (title.text, title.group) if text)
    return Header(tuple(kinds), columns_of(titles, kinds), ends, words)
