"""The heading row of a plan, in any wording and order of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from roadmap.outline import Column, ColumnKind
from roadmap.reading.wording import plain, squeeze, tidy

MAX_TITLE = 90
MAX_COLUMNS = 40

# In order: the first that fits decides. «Сроки реализации мероприятий» is a term, not an activity.
TITLES: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?=.*[\w№])(?:№|n|nо|номер)?\.? ?(?:п ?[/.\\] ?п\.?|пп)?\.?")),
    ("stage", re.compile(r"(?:наименование |название )?(?:этап|раздел|блок)\w*\b.*")),
    ("term", re.compile(r"(?:примерн\w+ |планируем\w+ |календарн\w+ )?(?:срок|дат[аы]\b|период\b|время\b|месяц).*")),
    ("responsible", re.compile(r"(?:фио |ф\. ?и\. ?о\. )?(?:ответственн|исполнител|соисполнител|кто ).*")),
    ("document", re.compile(r"(?:вид |форма |наименование )?(?:документ|отчетн).*")),
    (
        "result",
        re.compile(r"(?:ожидаем\w+ |предполагаем\w+ |планируем\w+ |примерн\w+ )?(?:результат|показател|индикатор).*"),
    ),
    ("content", re.compile(r"(?:краткое )?содержани.*")),
    (
        "activity",
        re.compile(
            r"(?:(?:наименование|название|перечень|планируемые|основные|примерные|вид|виды|план|направления работы,?)"
            r" (?:и содержание )?(?:планируемых )?)*(?:мероприяти|действи|деятельности|работ|активност).*"
        ),
    ),
    ("stage", re.compile(r"направлени[ея]\b.*")),
)
TEXT_KINDS = {"activity", "content", "stage"}

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
    """The columns of a table by position; a column of an unknown name is kept as a document column."""

    kinds: tuple[ColumnKind | None, ...]
    columns: tuple[Column, ...]

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(squeeze(column.title) for column in self.columns) - {""}

    def repeated_by(self, texts: Sequence[str]) -> bool:
        """Whether a row is the same heading again, as on the next page."""
        if len(texts) > MAX_COLUMNS or sum(map(len, texts)) > MAX_TITLE * MAX_COLUMNS:
            return False
        found = {squeeze(text) for text in texts} - {""}
        return len(found) >= 2 and found <= self.titles


# A plan whose columns were lost: what can be told apart is a stage and what it holds.
TEXT_HEADER = Header(("number", "stage", "content"), ())


def recognise(texts: Sequence[str]) -> Header | None:
    """The header that a row's cell texts make, or None when the row is no heading of a plan."""
    if len(texts) > MAX_COLUMNS:
        return None
    titles = [tidy(text) if len(text) <= 2 * MAX_TITLE else text for text in texts]
    written = [title for title in titles if title]
    if len(written) < 2 or any(len(title) > MAX_TITLE for title in written):
        return None
    kinds = [_kind(title) if title else None for title in titles]
    known = [kind for kind in kinds if kind is not None]
    if len(set(known)) < 2 or not TEXT_KINDS & set(known) or len(known) * 2 < len(written):
        return None
    return _header(titles, kinds)


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
    titles = [title for _, title in best[0]]
    return _header(titles, [kind for kind, _ in best[0]]), best[1]


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


def _kind(title: str) -> ColumnKind | None:
    wording = plain(title)
    return next((kind for kind, pattern in TITLES if pattern.fullmatch(wording)), None)


def _header(titles: Sequence[str], kinds: Sequence[ColumnKind | None]) -> Header:
    placed: list[ColumnKind | None] = [
        kind or ("document" if title else None) for title, kind in zip(titles, kinds, strict=True)
    ]
    if not {"activity", "content"} & set(placed):
        # «Направление · Сроки · Ответственный»: what is done stands in the only column of words.
        placed = ["activity" if kind == "stage" else kind for kind in placed]
    columns = tuple(Column(kind, title) for kind, title in zip(placed, titles, strict=True) if kind is not None)
    return Header(tuple(placed), columns)
