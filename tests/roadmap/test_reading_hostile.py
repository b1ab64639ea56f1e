"""Files that were spoilt or made to harm: they are read or refused in words, in little time and memory."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.reading import DocumentRefused, Reading, pdf, read_document, sheets
from roadmap.reading.refusals import Bloated, BrokenDocument
from tests.roadmap.conftest import Made
from tests.roadmap.documents import TWINS
from tests.roadmap.test_reading_pdf import RULED, TITLE, plan, table
from tests.roadmap.test_reading_properties import assert_sound, lost_words
from tests.roadmap.test_reading_refusals import with_parts
from tests.roadmap.test_reading_sheets import FIRST, HEADING, book, saved

FORKING = Path(__file__).parents[1] / "core" / "forking.py"
MOST_SECONDS, MOST_MEGABYTES = 5, 150
"""Of work: what the processor gave to one file; how long that takes by the clock says only how busy the machine is."""
HANGING = 600
# Each example starts a process; a hang is what takes many seconds.
few = settings(deadline=timedelta(seconds=30), max_examples=12, suppress_health_check=list(HealthCheck))
fewest = settings(few, max_examples=3)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def read(data: bytes) -> Reading | None:
    try:
        return read_document(data, "plan")
    except DocumentRefused:
        return None


def assert_nothing_lost(reading: Reading | None) -> None:
    if reading is not None:
        assert_sound(reading)
        assert lost_words(reading) == []


def spoilt(draw: Callable[..., Any], content: bytes) -> bytes:
    """Bytes cut out, doubled or overwritten at some places."""
    for _time in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        middle = draw(
            st.sampled_from([b"", content[start:end] * 2, b"<", b"&", b"\xff\x00", b"9" * 9, b" ", b"endobj"])
        )
        content = content[:start] + middle + content[end:]
    return content


# ---------------------------------------------------------------- spoilt


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@few
@given(data=st.data())
def test_a_spoilt_spreadsheet_is_read_or_refused_and_loses_nothing(twin_as: Made, data: st.DataObject) -> None:
    parts = parts_of(twin_as("with_sections", "xlsx"))
    name = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]))
    assert_nothing_lost(read(packed(parts | {name: spoilt(data.draw, parts[name])})))


@few
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_a_spreadsheet_whose_cells_were_changed_about_loses_nothing(chance: random.Random, changes: int) -> None:
    made = book([TITLE], HEADING, *plan(6))
    sheet = made.worksheets[0]
    for number in range(changes):
        row, column = chance.randint(1, 9), chance.randint(1, 6)
        cell = sheet.cell(row, column)
        free = not any(cell.coordinate in merged for merged in sheet.merged_cells.ranges)
        deed = chance.choice(["say", "empty", "merge", "hide"])
        if deed == "hide":
            sheet.row_dimensions[row].hidden = True
        elif deed == "merge" and free:
            sheet.merge_cells(None, row, column, row + chance.randint(0, 2), column + chance.randint(0, 2))
        elif free:
            cell.value = f"Слово{number}ъ" if deed == "say" else None
    assert_nothing_lost(read(saved(made)))


@cache
def open_pdf() -> bytes:
    """A PDF of several pages whose streams are not packed, so that spoilt bytes change what it says."""
    page = f'<html lang="ru"><style>{RULED}</style><body><p>{TITLE}</p>{table(plan(30))}</body></html>'
    made: bytes = weasyprint.HTML(string=page).write_pdf(uncompressed_pdf=True)
    return made


@few
@given(st.data())
def test_a_spoilt_pdf_is_read_or_refused_and_loses_nothing(data: st.DataObject) -> None:
    assert_nothing_lost(read(spoilt(data.draw, open_pdf())))


@few
@given(st.integers(0, 2000))
def test_a_torn_pdf_is_read_or_refused(place: int) -> None:
    assert_nothing_lost(read(open_pdf()[: len(open_pdf()) * place // 2000]))


@fewest
@given(data=st.data())
def test_a_spoilt_open_document_is_read_or_refused_and_loses_nothing(twin_as: Made, data: st.DataObject) -> None:
    parts = parts_of(twin_as("with_sections", "odt"))
    assert_nothing_lost(read(packed(parts | {"content.xml": spoilt(data.draw, parts["content.xml"])})))


@fewest
@given(place=st.integers(600, 20_000), written=st.binary(min_size=1, max_size=40))
def test_a_spoilt_old_word_file_is_read_or_refused(twin_as: Made, place: int, written: bytes) -> None:
    whole = twin_as("kindergarten", "doc")
    assert_nothing_lost(read(whole[:place] + written + whole[place + len(written) :]))


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_every_word_of_a_twin_finds_a_place(name: str, kind: str, twin_as: Made) -> None:
    assert lost_words(read_document(twin_as(name, kind), "plan")) == []


# ---------------------------------------------------------------- made to harm

BOMB = b"\0" * (40 << 20)
LAUGHS = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
PLAIN = saved(book([TITLE], HEADING, FIRST))


def sheet_of(body: str) -> bytes:
    return with_parts(PLAIN, xl__worksheets__sheet1_dot_xml=SHEET.format(body).encode())


HARMFUL_SHEETS = {
    "a merged range of seventeen thousand million cells": sheet_of(
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "thousands of merged ranges": sheet_of(
        "<sheetData/><mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:XFD{n + 99}"/>' for n in range(1, 90_000, 100))
        + "</mergeCells>"
    ),
    "a cell in the last corner": sheet_of('<sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>a</v></c></row></sheetData>'),
    "a million rows": sheet_of("<sheetData>" + '<row><c t="str"><v>a</v></c></row>' * 250_000 + "</sheetData>"),
    "a dimension that lies": sheet_of('<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"/></row></sheetData>'),
    "hidden columns without end": sheet_of(
        '<cols><col min="1" max="99999999" hidden="1"/></cols><sheetData><row r="1"><c r="A1"/></row></sheetData>'
    ),
    "entities": with_parts(PLAIN, xl__worksheets__sheet1_dot_xml=(LAUGHS + SHEET.format("&c;")).encode()),
    "a file of the server": with_parts(
        PLAIN,
        xl__worksheets__sheet1_dot_xml=('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + SHEET.format("&b;")).encode(),
    ),
    "elements within elements": sheet_of("<a>" * 100_000 + "</a>" * 100_000),
    "no sheet": with_parts(PLAIN, xl__worksheets__sheet1_dot_xml=b""),
}  # fmt: skip


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    head, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(head))
    return head + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def page_with(content: bytes, more: bytes = b"", stream: bytes = b"") -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R " + more + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), stream, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
RULES = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S " % (x, x, x, x) for x in range(590))
HARMFUL_PDFS = {
    "a stream that swells": page_with(zlib.compress(BOMB * 4, 9), stream=b"/Filter /FlateDecode"),
    "a stream packed twice": page_with(zlib.compress(zlib.compress(BOMB * 8, 9), 9), stream=b"/Filter [/FlateDecode /FlateDecode]"),
    "pages that are their own parents": pdf_of(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "a page that is said to be there a million times": pdf_of(
        CATALOGUE, b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>", b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    ),
    "brackets within brackets": page_with(b"", b"/A " + b"[" * 200_000),
    "dictionaries within dictionaries": page_with(b"", b"/A " + b"<< /A " * 50_000),
    "rules like a sieve": page_with(RULES),
    "many rules": page_with(b"".join(b"%d %d m %d %d l S " % (n % 590, n % 800, n % 590, n % 700) for n in range(100_000))),
    "letters without end": page_with(b"BT /F 9 Tf " + b"(abcdefghijklmnopqrstuvwxyz) Tj 0 -9 Td " * 90_000 + b"ET"),
    "a page of the size of a country": page_with(b"BT /F 9 Tf (a) Tj ET").replace(b"595 842", b"9e30 9e30"),
    "a program to run": page_with(b"", b"/OpenAction << /S /Launch /F (/bin/sh) >> /AA << /O << /S /JavaScript /JS (while(1);) >> >>"),
    "a length that lies": page_with(b"BT ET").replace(b"/Length 5", b"/Length 999999999"),
    "a table of objects that points at itself": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    "letters that call themselves": page_with(b"/X Do").replace(b"/Font <<", b"/XObject << /X 4 0 R >> /Font <<"),
    "nothing but a head": b"%PDF-1.7",
    "noise": b"%PDF-1.7\n" + random.Random(7).randbytes(200_000),
}  # fmt: skip


def forked(
    program: Path, files: list[bytes], limits: Mapping[str, int], folder: Path
) -> list[tuple[int, float, float]]:
    """How the program ended over each file, after how many seconds of work, and by how many megabytes it grew."""
    for number, data in enumerate(files):
        (folder / f"{number}.in").write_bytes(data)
    told = subprocess.run(
        [sys.executable, "-I", str(FORKING), str(program), str(folder), json.dumps(limits)],
        capture_output=True, text=True, check=True, env={"MALLOC_ARENA_MAX": "1"}, timeout=HANGING,
    ).stdout.splitlines()  # fmt: skip
    return [(line["end"], line["work"], line["grown"]) for line in map(json.loads, told)]


@pytest.mark.parametrize(
    ("program", "limits", "files"),
    [(sheets.PROGRAM, sheets.LIMITS, HARMFUL_SHEETS), (pdf.PROGRAM, pdf.LIMITS, HARMFUL_PDFS)],
    ids=["spreadsheets", "PDF"],
)
def test_what_was_made_to_harm_takes_little(
    program: Path, limits: Mapping[str, int], files: Mapping[str, bytes], tmp_path: Path
) -> None:
    found = dict(zip(files, forked(program, list(files.values()), limits, tmp_path), strict=True))
    slowest = max(found, key=lambda name: found[name][1])
    largest = max(found, key=lambda name: found[name][2])
    print(f"slowest {found[slowest][1]:.1f} s ({slowest}), most memory {found[largest][2]:.0f} MB ({largest})")
    assert [name for name, (_end, _seconds, grown) in found.items() if grown > MOST_MEGABYTES] == []
    assert [name for name, (_end, seconds, _grown) in found.items() if seconds > MOST_SECONDS + 1] == []


@pytest.mark.parametrize(
    "name", ["a cell in the last corner", "a million rows", "a file of the server", "many rules", "noise"]
)
def test_what_was_made_to_harm_is_refused_in_words(name: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document((HARMFUL_SHEETS | HARMFUL_PDFS)[name], "plan")
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("part", ["word__bomb_dot_bin", "xl__bomb_dot_bin", "Pictures__bomb_dot_png"])
def test_a_bomb_is_refused_before_it_is_unpacked(part: str) -> None:
    with pytest.raises(Bloated):
        read_document(with_parts(PLAIN, **{part: BOMB}), "plan")


def test_a_bomb_in_an_open_document_is_refused_before_libreoffice_sees_it(twin_as: Made) -> None:
    parts = parts_of(twin_as("with_sections", "odt"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (parts | {"Pictures/bomb.png": BOMB}).items():
            made.writestr(name, content)
    with pytest.raises(Bloated):
        read_document(file.getvalue(), "plan")


def test_entities_in_an_open_document_are_refused(twin_as: Made) -> None:
    parts = parts_of(twin_as("with_sections", "odt"))
    laughs = LAUGHS.encode() + parts["content.xml"].replace(b"</text:p>", b"&c;</text:p>", 1)
    with pytest.raises(BrokenDocument):
        read_document(packed(parts | {"content.xml": laughs}), "plan")


def test_entities_in_the_strings_of_a_spreadsheet_are_refused(twin_as: Made) -> None:
    parts = parts_of(twin_as("with_sections", "xlsx"))
    strings = parts["xl/sharedStrings.xml"].partition(b"?>")[2].replace(b"</t>", b"&c;</t>", 1)
    with pytest.raises(BrokenDocument):
        read_document(packed(parts | {"xl/sharedStrings.xml": LAUGHS.encode() + strings}), "plan")
