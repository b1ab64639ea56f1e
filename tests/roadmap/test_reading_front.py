"""What stands above the plan: title, school, stamps of approval, preamble, period."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap.outline import Approval, Outline
from roadmap.reading import read_document

PLAN = "№\tМероприятие\tСроки\tОтветственный\n1\tОбучение наставников\tпо графику\tКуратор\n"


def outline_of(front: str) -> Outline:
    return read_document(f"{front}\n\n{PLAN}".encode(), "plan.txt").outline


@pytest.mark.parametrize(
    ("stamp", "approval"),
    [
        (
            "ПРИНЯТО\nПедагогическим советом (Протокол от 01.04.2022 № 4)",
            Approval("ПРИНЯТО", "Педагогическим советом", None, "Протокол", date(2022, 4, 1), "4"),
        ),
        (
            "Принято решением Совета учреждения протокол № 5",
            Approval("Принято", None, None, "решением Совета учреждения протокол", None, "5"),
        ),
        (
            "РАССМОТРЕНО и ПРИНЯТО на заседании педагогического совета",
            Approval("РАССМОТРЕНО и ПРИНЯТО", "на заседании педагогического совета", None, None, None, None),
        ),
        ("Согласовано с Управляющим советом", Approval("Согласовано", "с Управляющим советом", None, None, None, None)),
        (
            "СОГЛАСОВАНО\nПредседатель ПК\n_________ /Лугова Н.Н./\n«31» 08. 2020 г.",
            Approval("СОГЛАСОВАНО", "Председатель ПК", "Лугова Н.Н.", None, date(2020, 8, 31), None),
        ),
        (
            "Приложение 1 к приказу № 15 от 18.02.2022",
            Approval("Приложение 1", None, None, "к приказу", date(2022, 2, 18), "15"),
        ),
        (
            "Утверждена приказом по МАОУ СОШ № 6\nот 03.09.2021 года № 78-Д",
            Approval("Утверждена", None, None, "приказом по МАОУ СОШ № 6", date(2021, 9, 3), "78-Д"),
        ),
        (
            "УТВЕРЖДАЮ:\nДиректор школы\nП.П. Полев\nПриказ «О плане» № 42-ОД от « 30 » августа 2021 г",
            Approval("УТВЕРЖДАЮ", "Директор школы", "П.П. Полев", "Приказ «О плане»", date(2021, 8, 30), "42-ОД"),
        ),
        ("УТВЕРЖДАЮ\nДиректор Полев П.П.\n31. 03. 22 г.", Approval("УТВЕРЖДАЮ", "Директор", "Полев П.П.", None, date(2022, 3, 31), None)),
        ("УТВЕРЖДАЮ\nот 31.08.2023 №137/к", Approval("УТВЕРЖДАЮ", None, None, None, date(2023, 8, 31), "137/к")),
    ],
)  # fmt: skip
def test_a_stamp_is_taken_apart(stamp, approval):
    outline = outline_of(f"{stamp}\n\nДорожная карта наставничества")
    assert outline.approvals == (approval,)
    assert outline.dropped == ("№\tМероприятие\tСроки\tОтветственный",)
    assert outline.preamble is None


@pytest.mark.parametrize(
    ("line", "code"),
    [("«____» ____________ 2023 г.", "blank_date"), ("от «___» 2023 г.", "blank_date"), ("31.02.2023", "wrong_date")],
)
def test_a_date_that_says_nothing_is_null_noted_and_kept(line, code):
    outline = outline_of(f"УТВЕРЖДАЮ\nДиректор\n{line}\n\nДорожная карта наставничества")
    assert outline.approvals == (Approval("УТВЕРЖДАЮ", "Директор", None, None, None, None),)
    assert [(one.where, one.quote) for one in outline.warnings if one.code == code] == [(3, line)]
    assert outline.dropped[0] == line


def test_stamps_side_by_side_in_a_text_stay_apart_from_the_title():
    outline = outline_of(
        "МБОУ «Школа № 5»\n\nУТВЕРЖДАЮ\nДиректор\n\nДОРОЖНАЯ КАРТА\nНАСТАВНИЧЕСТВА\n\nПояснительная записка."
    )
    assert (outline.title, outline.organisation, outline.preamble) == (
        "ДОРОЖНАЯ КАРТА НАСТАВНИЧЕСТВА",
        "МБОУ «Школа № 5»",
        "Пояснительная записка.",
    )


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("Дорожная карта наставничества в МБОУ «СОШ № 5» на 2024-2025 учебный год", "МБОУ «СОШ № 5»"),
        ("ПЛАН МЕРОПРИЯТИЙ НАСТАВНИЧЕСТВА\nВ МАОУ СОШ № 5", "МАОУ СОШ № 5"),
        ("Дорожная карта наставничества", None),
        ("Дорожная карта наставничества в 2024 году", None),
    ],
)
def test_the_school_is_found_in_the_title(title, organisation):
    assert outline_of(title).organisation == organisation


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("на 2024-2025 учебный год", "2024-09-01", "2025-08-31"),
        ("на 2024/2025 уч. г.", "2024-09-01", "2025-08-31"),
        ("на 2024/25 учебный год", "2024-09-01", "2025-08-31"),
        ("на 2020 – 2024 учебный год", "2020-09-01", "2024-08-31"),
        ("2021 - 2024", "2021-09-01", "2024-08-31"),
        ("на 2021-2024 г.г.", "2021-01-01", "2024-12-31"),
        ("в 2023-2024 годах", "2023-01-01", "2024-12-31"),
        ("с 01.09.2023 по 31.05.2024", "2023-09-01", "2024-05-31"),
    ],
)
def test_the_period_is_read_from_the_title(words, first, last):
    period = outline_of(f"Дорожная карта наставничества {words}").period
    assert period == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["", "2024-2023", "тел. 2022-2023-11", "2001-2024"])
def test_other_numbers_are_no_period(words):
    assert outline_of(f"Дорожная карта наставничества {words}").period is None


def test_a_plan_without_a_title_says_so():
    outline = outline_of("Наш план на год.")
    assert (outline.title, outline.preamble) == (None, "Наш план на год.")
    assert [one.code for one in outline.warnings if one.code == "no_title"] == ["no_title"]
