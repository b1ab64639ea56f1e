"""Whatever is brought, the reader neither stumbles nor hangs, and loses nothing of it."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from roadmap.outline import Outline, outline_from_draft, outline_to_draft, outline_to_json
from roadmap.reading import DocumentRefused, Reading, read_document
from tests.roadmap.documents import DRAWN, TWINS, drawn, twin, twin_as_word

# A hang is what takes seconds; on a busy machine a single example may well take half of one.
patient = settings(deadline=timedelta(seconds=20), max_examples=150, suppress_health_check=[HealthCheck.too_slow])

HEADINGS = (
    "№ п/п\tМероприятие\tСроки\tОтветственный",
    "№\tНаименование этапа\tМероприятия\tСодержание деятельности\tСроки\tОтветственные",
    "Этап\tСодержание\tРезультат\tСрок",
    "\t№\n\tНаименование этапа\n\tСодержание деятельности\n\tСроки\n\tОтветственный\n",
    "\t№\n\tЭтап\n\tМероприятия\n\tСодержание деятельности\n\tСрок\n\tОтветственные\n",
    "Участники\tМероприятие\tСрок\tОтветственный\tСоисполнители\tРезультат\tМесто\tОтметка\tКласс",
    "№\tРаздел\tМероприятия\tДата начала\tДата окончания\tИсполнитель\tДокумент",
    "\t№\n\tНаправление\n\tМероприятия\n\tСодержание работы\n\tСроки\n\tОжидаемый результат\n",
    "№ Наименование\nэтапа\n\nСодержание деятельности",
)
MARKS = (
    *("\t", "\t", "\t", "\t\t", "\n", "\n", "\n\t", "\n\n", "\n\n\t", "\r\n", "\f", " ", "\u00a0"),
    *(
        "1\t",
        "1.1\t",
        "2\t",
        "7.3\t",
        "12\t",
        "1. ",
        "2. ",
        "3) ",
        "• ",
        "· ",
        "- ",
        "II. ",
        "I\t",
        "(",
        ")",
        "«",
        "»",
        ":",
        ".",
    ),
    *(
        "Результат: ",
        "Задача этапа: ",
        "Цель: ",
        "2 этап. ",
        "Раздел 2. ",
        "IV. ",
        "ИТОГИ ",
        "Обучение наставников ",
        "Формирование базы наставников\n",
    ),
    *("Сентябрь 2024", "в течение года", "Иванов И.И., ", "директор ", "куратор\n", "на-\n", "[bookmark: x]"),
    *("УТВЕРЖДАЮ\n", "СОГЛАСОВАНО ", "Дорожная карта наставничества\n", "План мероприятий "),
)
TEXTS = (*sorted(TWINS), "own_stages", "quarters")
# Words that become the name of a field, a part of a date or a broken word and so need not be in the outline.
SAID_OTHERWISE = frozenset({"задача", "цель", "результат", "этапа", "этап", "от", "г", "года", "августа"})


def kept(reading: Reading) -> str:
    """All that an outline holds, warnings aside, without spaces and signs; with the titles of its columns."""
    content = outline_to_json(reading.outline) | {"warnings": []}
    titles = " ".join(column.title for column in reading.outline.columns)
    return squeezed(json.dumps(content, ensure_ascii=False).replace("\\n", " ") + titles)


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower().replace("ё", "е"))


def lost_words(reading: Reading) -> list[tuple[int, str]]:
    """Words of the source that are in no activity, no field, no column and not among what was left out."""
    everything = kept(reading)
    return [
        (place, word)
        for place, line in enumerate(reading.lines, start=1)
        for word in re.findall(r"[^\W_]{2,}", line.lower().replace("ё", "е"))
        if squeezed(word) not in everything and word not in SAID_OTHERWISE
    ]


def assert_sound(reading: Reading) -> None:
    outline = reading.outline
    assert outline_from_draft(json.loads(json.dumps(outline_to_draft(outline)))) == outline
    for stage in outline.stages:
        assert stage.name.strip()
        for activity in stage.activities:
            assert activity.text.strip()
            assert activity.line is not None
            assert 1 <= activity.line <= len(reading.lines)
    for warning in outline.warnings:
        assert isinstance(warning.where, str) or 1 <= warning.where <= len(reading.lines)


def read(data: bytes, name: str = "plan.txt") -> Reading | None:
    try:
        return read_document(data, name)
    except DocumentRefused:
        return None


@st.composite
def _plans(draw: st.DrawFn) -> str:
    """A heading and then words, each different, among tabs, line breaks, numbers, bullets and phrases of plans."""
    number = count(1)
    parts = draw(st.lists(st.one_of(st.sampled_from(MARKS), st.just(None)), max_size=60))
    above = draw(st.integers(0, min(6, len(parts))))
    written = [f"Слово{next(number)}ъ " if part is None else part for part in parts]
    heading = draw(st.sampled_from(HEADINGS))
    again = f"\n{heading}\n" if draw(st.booleans()) else ""
    half = (above + len(written)) // 2
    body = "".join(written[above:half]) + again + "".join(written[half:])
    return f"{''.join(written[:above])}\n{heading}\n{body}"


@patient
@given(_plans())
@example("№\tМероприятие\tСроки\n1\t\t\n\tСлово1ъ\nСлово2ъ\tЦель: Слово3ъ\t")
@example("Этап\tСодержание\tРезультат\tСрок\nСлово1ъ Результат: Слово2ъ\tСлово3ъ\tСлово4ъ\t")
def test_every_word_below_a_heading_finds_a_place(text):
    reading = read_document(text.encode(), "plan.txt")
    assert_sound(reading)
    assert [word for word in re.findall(r"слово\d+ъ", text.lower()) if word not in kept(reading)] == []


@patient
@given(st.text(max_size=400), st.sampled_from(HEADINGS))
def test_arbitrary_text_around_a_heading_is_read_and_kept(text, heading):
    reading = read(f"{text}\n{heading}\n{text}".encode(errors="ignore"))
    if reading is not None:
        assert_sound(reading)
        assert lost_words(reading) == []


@patient
@given(st.text(alphabet=st.sampled_from("\t\n 1.2)•-абвГД:;«»№I"), max_size=300), st.sampled_from(HEADINGS))
def test_arbitrary_tabs_and_numbers_below_a_heading_are_read_and_kept(text, heading):
    reading = read_document(f"{heading}\n{text}".encode(), "plan.txt")
    assert_sound(reading)
    assert lost_words(reading) == []


@patient
@given(st.binary(max_size=600), st.sampled_from(["plan.txt", "plan.docx", ""]))
def test_arbitrary_bytes_are_read_or_refused(data, name):
    read(data, name)


@st.composite
def _spoilt_twins(draw: st.DrawFn) -> str:
    """A real plan with lines taken out, doubled, exchanged, broken or spoilt."""
    lines = twin(draw(st.sampled_from(TEXTS))).decode().split("\n")
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 5)):
            case 0:
                lines[place] = ""
            case 1:
                lines.insert(place, lines[other])
            case 2:
                lines[place], lines[other] = lines[other], lines[place]
            case 3:
                lines[place] = lines[place].replace("\t", draw(st.sampled_from([" ", "\t\t", "\n", "\n\t"])), 1)
            case 4:
                words = lines[place].split(" ")
                middle, seam = draw(st.integers(0, len(words))), draw(st.sampled_from(["\n", "\n\n", "\t"]))
                lines[place] = " ".join(words[:middle]) + seam + " ".join(words[middle:])
            case 5:
                lines[place] = "".join(draw(st.lists(st.sampled_from(MARKS), max_size=4)))
    return "\n".join(lines)


@patient
@given(_spoilt_twins())
@example(twin("kindergarten").decode().replace("\t1.", "Раздел 2. ", 1))
def test_a_spoilt_plan_loses_nothing(text):
    reading = read(text.encode())
    if reading is not None:
        assert_sound(reading)
        assert lost_words(reading) == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_of_a_twin_finds_a_place(name):
    assert lost_words(read_document(twin(name), "plan.txt")) == []


@pytest.mark.parametrize("name", DRAWN)
def test_every_word_of_a_drawn_document_finds_a_place(name):
    assert lost_words(read_document(drawn(name), "plan.docx")) == []


@cache
def _word_parts(drawing: str | None) -> dict[str, bytes]:
    data = drawn(drawing) if drawing else twin_as_word("kindergarten")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@patient
@given(st.data())
def test_a_spoilt_word_file_is_read_or_refused(data):
    """Pieces of its XML are cut out, doubled or overwritten; the container stays whole."""
    parts = dict(_word_parts(data.draw(st.sampled_from([None, *DRAWN]))))
    name = data.draw(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]))
    content = parts[name]
    start = data.draw(st.integers(0, len(content)))
    end = min(len(content), start + data.draw(st.integers(0, 400)))
    middle = data.draw(st.sampled_from([b"", content[start:end] * 2, b"<w:p/>", b"<w:tc>", b"&", b"\xff"]))
    parts[name] = content[:start] + middle + content[end:]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part, written in parts.items():
            package.writestr(part, written)
    reading = read(file.getvalue(), "plan.docx")
    if reading is not None:
        assert_sound(reading)


@cache
def _whole_word_file() -> bytes:
    return twin_as_word("kindergarten")


@patient
@given(st.integers(0, 2000), st.booleans(), st.binary(min_size=1, max_size=40))
def test_a_torn_container_is_read_or_refused(place, at_the_end, bytes_over):
    """The list of the parts stands at the end of the container: there a wrong byte does the most."""
    whole = _whole_word_file()
    place = len(whole) - 1 - place if at_the_end else place * len(whole) // 2000
    read(whole[:place] + bytes_over + whole[place + len(bytes_over) :], "plan.docx")


WHOLE, SMALL = 1000, 15
"""How many thousandths of a megabyte there are."""
LONG: dict[str, Callable[[int], str]] = {
    "tabs": lambda size: HEADINGS[0] + "\n" + "\t" * 1000 * size,
    "tabs and words": lambda size: HEADINGS[0] + "\n" + "а\t" * 500 * size,
    "one long word": lambda size: HEADINGS[0] + "\n1\t" + "аБ" * 250 * size,
    "one long line": lambda size: HEADINGS[0] + "\n1\t" + "Иванов И.И., " * 80 * size,
    "cells under each other": lambda size: HEADINGS[3] + "\n" + "\tслово\n\n" * 9 * size,
    "rows": lambda size: HEADINGS[0] + "\n" + "1\tОбучение наставников\tСентябрь 2024\tКуратор\n" * 15 * size,
    "rows that go on": lambda size: HEADINGS[0] + "\n" + "\tпродолжение\t\t\n" * 19 * size,
    "numbers": lambda size: (
        HEADINGS[3] + "\n\t1\n\tЭтап\n\t" + " ".join(f"{number}) слово" for number in range(1, 80 * size))
    ),
    "stages": lambda size: HEADINGS[5] + "\n" + "1. Отбор и обучение\n" * 19 * size,
    "quotation marks": lambda size: HEADINGS[0] + "\n1\t" + "«" * 500 * size + "\t" + "(" * 500 * size,
    "dates": lambda size: "УТВЕРЖДАЮ\n" + "1 " * 400 * size + "\n" + HEADINGS[0],
    "underscores": lambda size: "УТВЕРЖДАЮ\n" + "_" * 500 * size + "« " * 200 * size + "\n" + HEADINGS[0],
}


def read_plainly(what: str, size: int) -> Outline:
    return read_document(LONG[what](size).encode(), "plan.txt").outline


@pytest.mark.parametrize("what", LONG)
def test_a_megabyte_of_it_is_read_to_the_end(what):
    assert read_plainly(what, WHOLE).columns != ()


@pytest.mark.parametrize("what", LONG)
def test_twice_as_much_of_it_takes_twice_the_work(what):
    """What grows with the square would take four times as many calls."""
    assert calls_for(what, 2 * SMALL) < 3 * calls_for(what, SMALL)


def calls_for(what: str, size: int) -> int:
    """How many functions are called, those of the language among them, until so much is read."""
    called = count()

    def note(frame: object, event: str, detail: object) -> None:
        if event in {"call", "c_call"}:
            next(called)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read_plainly(what, size)
    finally:
        sys.setprofile(before)
    return next(called)
