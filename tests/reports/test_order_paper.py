"""The order on paper: what stands on it, where, and that it looks nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader

from core.cases import PersonName
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, School
from core.pdf import render_pdf
from reports.models import Order, OrderLine
from reports.papers import wording
from reports.papers.order import OrderPaper, PaperLine, order_context
from reports.papers.wording import Occasion, name_of_form, post_of_head, working_day
from reports.services.papers import ORDER_PDF, order_pdf_key, print_order, read_order_paper
from tests.factories import OrderFactory, OrderLineFactory
from tests.payloads import CANARY, listening, payloads
from tests.reports.ordering import approved, curator_of, drafted, some_school

NBSP = "\u00a0"
MILLIMETRES = 25.4 / 72
OCCASION = Occasion(
    years="2026–2027",
    is_of_student_model=True,
    is_of_teacher_model=False,
    has_pupils=True,
    has_employees=False,
    curator=PersonName("Берёзова", "Мария", "Евгеньевна"),
    roadmap_ground="приказом от 31.08.2026 № 121",
    read_until=date(2026, 11, 3),
    meet_until=date(2026, 11, 10),
)
LINE = PaperLine(
    "Орешникова Анна Сергеевна, 10 «А» класс",
    "Ольхин Мирон Захарович, 7 «Б» класс",
    "«ученик – ученик»",
    date(2026, 10, 30),
    date(2027, 5, 31),
)
PAPER = OrderPaper(
    founder="Управление образования Луговского района",
    organisation="Муниципальное бюджетное учреждение «Средняя школа № 2»",
    short_name="МБОУ СШ № 2",
    number="137/к",
    dated_on=date(2026, 10, 30),
    place="пос. Заречный",
    title=wording.title(OCCASION),
    preamble=wording.preamble(OCCASION),
    points=tuple(wording.points(OCCASION)),
    signer_post="Директор",
    signer_name="В. П. Озёрная",
    familiar=(("Куратор программы", "М. Е. Берёзова"),),
    lines=(LINE,),
)


def pages(paper: OrderPaper) -> list[str]:
    pdf = render_pdf("reports/documents/order.html", {"paper": order_context(paper)}, title=paper.title)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def bare(text: str) -> str:
    return "".join(text.split())


def printed(order: Order) -> bytes:
    job = print_order(order=order, by=curator_of(order.school))
    run_due_jobs()
    job.refresh_from_db()
    assert job.result is not None, job.error
    return read_file(job.result)


# ---------------------------------------------------------------- the layout


def test_the_parts_of_an_order_stand_in_their_order() -> None:
    first, second = pages(PAPER)

    parts = (
        "Управление образования", "Муниципальное бюджетное", "(МБОУ СШ № 2)", "ПРИКАЗ", "30 октября 2026 г.",
        "№ 137/к", "пос. Заречный", "Об утверждении", "В соответствии", "ПРИКАЗЫВАЮ:", "1. Утвердить",
        "2. Куратору программы Берёзовой М. Е.", "3. Наставникам", "4. Контроль за исполнением",
        "Директор", "В. П. Озёрная", "С приказом ознакомлены:", "Куратор программы", "М. Е. Берёзова",
    )  # fmt: skip
    places = [bare(first).find(bare(part), 0) for part in parts[:-2]]
    assert places == sorted(places)
    assert -1 not in places
    annex = bare(second)
    assert annex.startswith(
        bare("Приложение к приказу МБОУ СШ № 2 от 30.10.2026 № 137/к Состав наставнических пар и групп")
    )
    assert bare("№ Наставник Наставляемый Форма наставничества Период") in annex
    assert bare("1 Орешникова Анна Сергеевна, 10 «А» класс Ольхин Мирон Захарович, 7 «Б» класс") in annex


def test_every_sheet_begins_at_the_margin_that_leaves_room_for_the_binding() -> None:
    pdf = render_pdf("reports/documents/order.html", {"paper": order_context(PAPER)}, title="Приказ")
    begins: list[float] = []

    for page in PdfReader(BytesIO(pdf)).pages:
        places: list[float] = []

        def look(text: str, cm: Any, tm: Any, _font: Any, _size: Any, places: list[float] = places) -> None:
            if text.strip():
                places.append((tm[4] * cm[0] + cm[4]) * MILLIMETRES)

        page.extract_text(visitor_text=look)
        begins.append(min(places))
        assert [round(float(side) * MILLIMETRES) for side in (page.mediabox.width, page.mediabox.height)] == [210, 297]

    # The second sheet begins with the table's own line and the number centred in its column.
    assert begins == [pytest.approx(30, abs=0.5), pytest.approx(33.5, abs=1)]


def test_sixty_lines_repeat_the_header_and_number_the_sheets_from_the_second_on() -> None:
    sheets = pages(replace(PAPER, lines=(LINE,) * 60))

    header = bare("№ Наставник Наставляемый Форма наставничества Период")
    numbers = [re.search(r"\n(\d+)$", sheet.rstrip()) for sheet in sheets]
    assert len(sheets) > 3
    assert [header in bare(sheet) for sheet in sheets] == [False] + [True] * (len(sheets) - 1)
    assert [number and number[1] for number in numbers] == [None, *map(str, range(2, len(sheets) + 1))]


def test_what_belongs_together_is_not_torn_apart() -> None:
    context = order_context(PAPER)

    assert (context["number"], context["day"]) == (f"№{NBSP}137/к", f"30{NBSP}октября{NBSP}2026{NBSP}г.")
    assert context["annex"][2] == f"от 30.10.2026 №{NBSP}137/к"
    assert f"Берёзовой{NBSP}М.{NBSP}Е." in context["points"][1]
    assert f"до 3{NBSP}ноября{NBSP}2026{NBSP}г." in context["points"][1]
    assert context["lines"][0][0] == f"Орешникова Анна Сергеевна, 10{NBSP}«А» класс"
    assert context["signer_name"] == f"В.{NBSP}П.{NBSP}Озёрная"


def test_very_long_names_and_empty_parts_still_give_a_paper() -> None:
    word = "Константинопольская-Рождественская" * 3
    long = PaperLine(word * 3, "; ".join([word] * 40), word, LINE.starts_on, LINE.ends_on)
    crowded = replace(
        PAPER, lines=(long,) * 2, signer_post=f"Исполняющий обязанности {word}", signer_name=word,
        familiar=((word, word),) * 40, title=word * 4, points=(word * 9,) * 3,
    )  # fmt: skip
    empty = replace(PAPER, founder="", place="", familiar=(), lines=(), points=(), preamble="", signer_name="")

    assert bare("".join(pages(crowded))).count(bare(word)) > 40
    assert len(pages(empty)) == 1


def test_a_paper_never_carries_a_mark_of_an_electronic_signature() -> None:
    sources = [Path(settings.BASE_DIR) / name for name in ("templates/reports", "static/documents", "reports")]
    files = [path for source in sources for path in source.rglob("*") if path.suffix in {".html", ".css", ".py"}]
    assert len(files) > 20

    assert [path.name for path in files if "электронн" in path.read_text().casefold()] == []
    assert "подписан" not in " ".join(pages(PAPER)).casefold()


# ---------------------------------------------------------------- the wording


@pytest.mark.parametrize(
    ("changed", "there", "not_there"),
    [
        ({}, ("Р-145",), ("АЗ-1128/08", "351.8")),
        ({"is_of_teacher_model": True}, ("Р-145", "АЗ-1128/08"), ("351.8",)),
        ({"is_of_student_model": False, "is_of_teacher_model": True, "has_employees": True}, ("АЗ-1128/08", "351.8"), ("Р-145",)),
    ],
)  # fmt: skip
def test_the_preamble_rests_on_the_papers_of_the_models(
    changed: dict[str, bool], there: tuple[str, ...], not_there: tuple[str, ...]
) -> None:
    text = wording.preamble(replace(OCCASION, **changed))  # type: ignore[arg-type]

    assert [word for word in there if word not in text] == []
    assert [word for word in not_there if word in text] == []


@pytest.mark.parametrize(
    ("form", "mentees", "words"),
    [
        ("Ученик – ученик", 1, "«ученик – ученик»"),
        ("Учитель – учитель", 3, "«учитель – учитель», группа"),
        ("Вместе по лестнице успеха", 1, "«Вместе по лестнице успеха»"),
        ("«Студент – ученик»", 1, "«студент – ученик»"),
    ],
)
def test_a_form_stands_in_quotes(form: str, mentees: int, words: str) -> None:
    assert name_of_form(form, mentees) == words


@pytest.mark.parametrize(
    ("post", "school", "shown"),
    [
        ("Директор", "МБОУ «Средняя школа № 2»", "Директор"),
        ("Директор", "МБДОУ «Детский сад № 14»", "Заведующий"),
        ("Директор", "Муниципальное дошкольное учреждение", "Заведующий"),
        ("И. о. заведующего", "МБДОУ «Детский сад № 14»", "И. о. заведующего"),
    ],
)
def test_a_kindergarten_is_led_by_its_own_post(post: str, school: str, shown: str) -> None:
    assert post_of_head(post, school) == shown


@pytest.mark.parametrize(
    ("day", "works"),
    [(date(2026, 10, 30), 30), (date(2026, 10, 31), 2), (date(2026, 11, 1), 2), (date(2026, 11, 2), 2)],
)
def test_a_term_does_not_end_on_a_weekend(day: date, works: int) -> None:
    assert working_day(day).day == works


# ---------------------------------------------------------------- the job


@pytest.mark.django_db
def test_the_same_order_gives_the_same_bytes_and_a_change_another_key() -> None:
    order = drafted(approved(some_school()))
    key, first = order_pdf_key(order), printed(order)
    Job.objects.all().delete()

    again = printed(order)
    order.title = "Иначе"

    assert (again == first, order_pdf_key(order) == key) == (True, False)


@pytest.mark.django_db
def test_an_order_of_another_school_is_not_printed() -> None:
    order, strange = OrderFactory(), OrderFactory()
    job = print_order(order=order, by=curator_of(strange.school))

    run_due_jobs()

    job.refresh_from_db()
    assert (job.kind, job.state, job.error) == (ORDER_PDF, JobState.WAITING, "DoesNotExist")


@pytest.mark.django_db
def test_fifty_payloads_in_every_text_field_reach_nothing(tmp_path: Path) -> None:
    file = tmp_path / "canary.txt"
    file.write_text(CANARY)
    order = OrderFactory()
    OrderLineFactory.create_batch(50, order=order)
    with listening() as (address, asked):
        texts = payloads(address, file)
        every = " ".join(texts)
        School.objects.update(founder=every[:300], name=every[:400], short_name=every[:120])
        Order.objects.update(
            number=every[:40],
            place=every[:120],
            title=every[:500],
            preamble="\n".join(texts),
            points=texts,
            signer_post=every[:200],
            signer_name=every[:200],
            familiar=[[text, text] for text in texts],
        )
        for line, text in zip(OrderLine.objects.order_by("pk"), texts, strict=True):
            OrderLine.objects.filter(pk=line.pk).update(mentor_text=text[:500], mentees_text=text, form_text=text[:300])
        pdf = printed(Order.objects.select_related("school").get())

    reader = PdfReader(BytesIO(pdf))
    size: Any = reader.trailer["/Size"]
    objects: list[Any] = [reader.get_object(number) for number in range(1, size)]
    streams = [item.get_data() for item in objects if hasattr(item, "get_data")]
    text = "".join(page.extract_text() for page in reader.pages)
    assert asked == []
    assert [stream for stream in streams if CANARY.encode() in stream] == []
    assert (CANARY in text, "/Names" in reader.root_object) == (False, False)
    assert bare(texts[0]) in bare(text)
    print(f"order paper: {len(texts)} payloads in every text field, {len(asked)} fetches")


@pytest.mark.django_db
def test_the_page_shows_what_the_paper_says(log_in: Callable[..., Any]) -> None:
    order = drafted(approved(some_school()))

    page = log_in(curator_of(order.school)).get(f"/orders/{order.pk}/").text

    context = order_context(read_order_paper(order))
    shown = page.replace("&nbsp;", NBSP).replace("&quot;", '"')
    words = [context["number"], context["day"], context["title"], *context["points"], *context["preamble"]]
    assert [text for text in words if text not in shown] == []
