"""What the text of a consent may not lack: each item taken away is named, and nothing else is."""

from __future__ import annotations

import pytest

from participants.models import ConsentKind
from participants.papers.completeness import check_items, missing_items
from participants.papers.wording import GUARDIAN, PARTS, STANDARD

OF_DATA = (ConsentKind.ADULT, ConsentKind.GUARDIAN, ConsentKind.MENTOR)


def missing(kind: str, **changed: str) -> list[str]:
    return [f"{item.part}: {item.name}" for item in missing_items(kind, STANDARD[kind] | changed)]


@pytest.mark.parametrize("kind", ConsentKind)
def test_the_standard_text_lacks_nothing(kind: str) -> None:
    assert missing(kind) == []
    assert {item.part for item in check_items(kind, STANDARD[kind])} <= set(PARTS)


@pytest.mark.parametrize("kind", ConsentKind)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("emptied", ["", " \n ", "–", "нет"])
def test_an_emptied_part_is_missed_wherever_the_form_has_it(kind: str, part: str, emptied: str) -> None:
    may_be_empty = not STANDARD[kind][part] and (part != "processor_text" or not emptied.strip())
    says_something = bool(emptied.strip()) and part == "processor_text" and kind in OF_DATA

    found = {item.part for item in missing_items(kind, STANDARD[kind] | {part: emptied})}

    assert found == (set() if may_be_empty or (not STANDARD[kind][part] and not says_something) else {part})


@pytest.mark.parametrize(
    ("kind", "part", "text", "name"),
    [
        ("guardian", "withdrawal_text", "Согласие можно отозвать в любой день.", "способ отзыва"),
        ("guardian", "withdrawal_text", "По письменному заявлению на имя директора.", "возможность отзыва"),
        ("adult", "data_text", "Все мои персональные данные.", "перечень данных"),
        ("adult", "data_text", "Фамилия, имя.", "перечень данных"),
        ("guardian", "data_text", "Фамилия, имя, отчество ребёнка; класс.", "данные законного представителя"),
        ("guardian", "data_text", "Фамилия, имя, телефон представителя, почта.", "данные ребёнка"),
        ("mentor", "actions_text", "Сбор и хранение на бумаге.", "перечень действий"),
        ("mentor", "actions_text", "Сбор, запись, хранение, уничтожение.", "способ обработки"),
        ("adult", "term_text", "Согласие действует бессрочно, пока жив субъект.", "срок, который кончается"),
        ("adult", "term_text", "Действует до отзыва согласия субъектом.", "срок, который кончается"),
        ("adult", "purpose_text", "Участие в программе и публикация фотографий на сайте.", "только одна цель"),
        ("adult", "processor_text", "ООО «Хранитель»", "кто обрабатывает по поручению школы: название и адрес"),
        ("publish", "actions_text", "Организация публикует отмеченные данные.", "условия передачи"),
        ("labour", "actions_text", "Работа выполняется в форме встреч.", "оплата"),
        ("labour", "withdrawal_text", "Работник вправе отказаться.", "предупреждение за три рабочих дня"),
    ],
)
def test_a_text_without_one_thing_is_told_which(kind: str, part: str, text: str, name: str) -> None:
    assert missing(kind, **{part: text}) == [f"{part}: {name}"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("withdrawal_text", "Отзыв согласия подаётся письменно, заявлением в канцелярию."),
        ("processor_text", "ООО «Хранитель», 614000, г. Пермь, ул. Ленина, д. 1"),
        ("data_text", "1) ФИО ребёнка,\n2) класс,\n3) имя родителя, его телефон"),
        (
            "actions_text",
            GUARDIAN["actions_text"].upper(),
        ),
        ("term_text", "До конца учебного года, в котором завершается программа."),
    ],
)
def test_words_of_a_schools_own_are_enough(part: str, text: str) -> None:
    assert missing("guardian", **{part: text}) == []
