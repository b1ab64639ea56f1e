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
        (
            "adult",
            "purpose_text",
            "Участие в программе наставничества и публикация фотографий на сайте.",
            "только одна цель",
        ),
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
        ("data_text", "Данные несовершеннолетнего: фамилия, имя, класс. Данные матери (отца): фамилия, телефон."),
        ("data_text", "1) фамилия\n2) имя\n3) класс обучающегося\n\nЗаконный представитель: фамилия\nтелефон"),
        ("actions_text", "сбор\nзапись\nхранение\n\nОбработка ведётся как на\nкомпьютере, так и на\nбумаге"),
        ("withdrawal_text", "Родитель вправе отозвать согласие.\n\nДля этого нужно написать директору."),
        ("withdrawal_text", "Согласие можно забрать назад: подать директору заявление."),
        ("withdrawal_text", "Отозвать согласие можно в любое время заявлением; школа не может в этом отказать."),
    ],
)
def test_words_of_a_schools_own_are_enough(part: str, text: str) -> None:
    assert missing("guardian", **{part: text}) == []


@pytest.mark.parametrize(
    ("kind", "part", "text", "name"),
    [
        ("guardian", "withdrawal_text", "Согласие не может быть отозвано по письменному заявлению.", "свободный отзыв"),
        ("guardian", "withdrawal_text", "Отзыв согласия не допускается ни заявлением, ни иначе.", "свободный отзыв"),
        ("guardian", "withdrawal_text", "Отозвать согласие нельзя; заявления не рассматриваются.", "свободный отзыв"),
        ("guardian", "withdrawal_text", "Отзыв – заявлением не ранее конца учебного года.", "свободный отзыв"),
        ("guardian", "withdrawal_text", "При отзыве заявлением родитель возмещает расходы.", "свободный отзыв"),
        ("adult", "purpose_text", "В соответствии с законодательством Российской Федерации.", "цель – наставничество"),
        ("adult", "purpose_text", "Программа наставничества и организация питания.", "ничего, кроме наставничества"),
        ("adult", "purpose_text", "Программа наставничества, показ снимков во ВКонтакте.", "только одна цель"),
        ("adult", "data_text", "Фамилия, имя, класс и иные данные.", "перечень данных без «и других»"),
        ("adult", "data_text", "Фамилия, имя, класс, телефон и т. д.", "перечень данных без «и других»"),
        ("adult", "data_text", "Фамилия, имя, группа здоровья.", "никаких данных сверх тех, что хранит программа"),
        (
            "adult",
            "data_text",
            "Фамилия, имя, серия и номер паспорта.",
            "никаких данных сверх тех, что хранит программа",
        ),
        (
            "adult",
            "actions_text",
            "Любые действия: сбор, запись, хранение на бумаге.",
            "перечень действий без «и других»",
        ),
        ("adult", "term_text", "Согласие даётся на неопределённый срок.", "срок, который кончается"),
        ("adult", "term_text", "Действует постоянно, пока не будет отозвано.", "срок, который кончается"),
        ("adult", "term_text", "Один год и автоматически продлевается на следующий.", "срок, который кончается"),
        ("adult", "term_text", "До достижения целей, сколько потребуется.", "срок, который кончается"),
        ("publish", "actions_text", "Школа свободно передаёт данные кому угодно.", "границы передачи"),
        (
            "labour",
            "withdrawal_text",
            "Работник не вправе отказаться; отмена – за три рабочих дня.",
            "свободный отказ",
        ),
        (
            "labour",
            "withdrawal_text",
            "Отказ и отмена – за день; отпуск длится три рабочих дня.",
            "предупреждение за три рабочих дня",
        ),
    ],
)
def test_words_that_undo_an_item_are_seen(kind: str, part: str, text: str, name: str) -> None:
    assert missing(kind, **{part: text}) == [f"{part}: {name}"]
