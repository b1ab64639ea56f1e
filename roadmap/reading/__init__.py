"""Reading a roadmap document into an outline: bytes in, plain values out, no database.

Every kind of file is brought to one shape (`source`): `opening` looks at what the file is, `plain_text` (with
`tabbed` and `flat`), `word` (with `package` and `numbering`), `sheets` and `pdf` make blocks of it; `office` has the
old kinds made into Word by LibreOffice. From there on there is one way:
`plan` finds the tables under their headings (`heading_rows`, `headers`, `titles`, `captions`), `sections` settles what
the columns hold and `broken` mends rows cut by pages, `build` makes stages and activities of it (`classify` and
`headings` tell what a row is, `items` what a cell lists, `further` what stands in further columns), `guess` with its
`cues` puts an activity without a stage to one, `front` reads what stands above, `assemble` puts the outline together
and says what is amiss (`checks`, `notes`). Whatever no field took is given back as dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from roadmap.outline import Outline
from roadmap.reading.assemble import assemble
from roadmap.reading.office import as_docx
from roadmap.reading.opening import Kind, decode, kind_of
from roadmap.reading.pdf import read_pdf
from roadmap.reading.plain_text import read_plain, read_prose
from roadmap.reading.plan import find_plan, prose
from roadmap.reading.refusals import DocumentRefused, NotARoadmap
from roadmap.reading.sheets import read_sheets
from roadmap.reading.source import Source
from roadmap.reading.word import read_word
from roadmap.terms import Calendar

__all__ = ["DocumentRefused", "Reading", "read_document"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An outline, and the lines of the source to be shown beside it; an activity's `line` counts them from 1."""

    outline: Outline
    lines: tuple[str, ...]


def read_document(data: bytes, name: str, *, calendar: Calendar | None = None) -> Reading:
    """Read a roadmap: text in UTF-8, UTF-16 or Windows-1251, .docx, .xlsx, PDF, or what LibreOffice can make Word of.

    The kinds are told apart by content; `name` only tells what a file that is none of them was taken for.

    Raises a DocumentRefused, whose `message` is one sentence, for anything else and for what is no roadmap.
    """
    kind = kind_of(data, name)
    source = read_plain(decode(data, name)) if kind is Kind.TEXT else _laid_out(data, kind)
    plan = find_plan(source)
    if plan is None and kind is not Kind.TEXT:
        read = read_prose(prose(source.blocks), source.lines)
        source = replace(source, blocks=read.blocks, aside=source.aside + read.aside)
        plan = find_plan(source)
    if plan is None:
        raise NotARoadmap
    return Reading(assemble(source, plan, calendar), source.lines)


def _laid_out(data: bytes, kind: Kind) -> Source:
    """The source in a file that has tables of its own."""
    if kind is Kind.SHEETS:
        return read_sheets(data)
    if kind is Kind.PDF:
        return read_pdf(data)
    return read_word(data if kind is Kind.WORD else as_docx(data, kind.value))
