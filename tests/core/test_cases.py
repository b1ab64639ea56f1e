"""Names in the cases a sentence needs, and with initials on the right side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases import NameCase, PersonName, sex_told_by, signature_of

NBSP = "\u00a0"
MARIA, IVAN = ("Мария", "Ивановна"), ("Иван", "Иванович")
OF, TO, WHOM = NameCase.GENITIVE, NameCase.DATIVE, NameCase.ACCUSATIVE


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("surname", "rest", "of", "to", "whom"),
    [
        ("Соколова", MARIA, "Соколовой", "Соколовой", "Соколову"),
        ("Соколов", IVAN, "Соколова", "Соколову", "Соколова"),
        ("Пономарёва", MARIA, "Пономарёвой", "Пономарёвой", "Пономарёву"),
        ("Пономарёв", IVAN, "Пономарёва", "Пономарёву", "Пономарёва"),
        ("Ширяева", MARIA, "Ширяевой", "Ширяевой", "Ширяеву"),
        ("Шевченко", MARIA, "Шевченко", "Шевченко", "Шевченко"),
        ("Шевченко", IVAN, "Шевченко", "Шевченко", "Шевченко"),
        ("Цой", MARIA, "Цой", "Цой", "Цой"),
        ("Цой", IVAN, "Цоя", "Цою", "Цоя"),
        ("Дурново", MARIA, "Дурново", "Дурново", "Дурново"),
        ("Дурново", IVAN, "Дурново", "Дурново", "Дурново"),
        ("Черных", IVAN, "Черных", "Черных", "Черных"),
        ("Белая", MARIA, "Белой", "Белой", "Белую"),
        ("Толстой", IVAN, "Толстого", "Толстому", "Толстого"),
        ("Глинка", IVAN, "Глинки", "Глинке", "Глинку"),
        ("Коваль", MARIA, "Коваль", "Коваль", "Коваль"),
        ("Коваль", IVAN, "Коваля", "Ковалю", "Коваля"),
        ("Кузнец", IVAN, "Кузнеца", "Кузнецу", "Кузнеца"),
        ("Кузнец", MARIA, "Кузнец", "Кузнец", "Кузнец"),
        ("Немец", IVAN, "Немца", "Немцу", "Немца"),
        ("Ооржак", IVAN, "Ооржака", "Ооржаку", "Ооржака"),
        ("Салтыков-Щедрин", IVAN, "Салтыкова-Щедрина", "Салтыкову-Щедрину", "Салтыкова-Щедрина"),
        ("Петрова-Водкина", MARIA, "Петровой-Водкиной", "Петровой-Водкиной", "Петрову-Водкину"),
        ("Чодураа", IVAN, "Чодураа", "Чодураа", "Чодураа"),
        ("СОКОЛОВА", MARIA, "СОКОЛОВОЙ", "СОКОЛОВОЙ", "СОКОЛОВУ"),
    ],
)
def test_a_surname_in_each_case(surname: str, rest: tuple[str, str], of: str, to: str, whom: str) -> None:
    name = PersonName(surname, *rest)
    initials = f"{rest[0][0]}. {rest[1][0]}."

    assert [plain(name.running(case)) for case in (OF, TO, WHOM)] == [f"{each} {initials}" for each in (of, to, whom)]


@pytest.mark.parametrize(
    ("given_name", "patronymic", "to"),
    [
        ("Анна-Мария", "Петровна", "Анне-Марии Петровне"),
        ("Ай-Хаан", "Кара-оолович", "Ай-Хаану Кара-ооловичу"),
        ("Илья", "Ильич", "Илье Ильичу"),
        ("Пётр", "Фомич", "Петру Фомичу"),
        ("Лев", "Кузьмич", "Льву Кузьмичу"),
        ("Любовь", "Никитична", "Любови Никитичне"),
        ("Айгуль", "Мамед-кызы", "Айгуль Мамед-кызы"),
        ("Рамиль", "Гасан оглы", "Рамилю Гасан оглы"),
    ],
)
def test_given_names_and_patronymics(given_name: str, patronymic: str, to: str) -> None:
    assert PersonName("Дурново", given_name, patronymic).full(TO) == f"Дурново {to}"


@pytest.mark.parametrize("case", NameCase)
def test_without_a_patronymic_nothing_is_known_and_nothing_is_changed(case: NameCase) -> None:
    name = PersonName("Соколова", "Мария")

    assert (name.full(case), plain(name.running(case))) == ("Соколова Мария", "Соколова М.")


def test_initials_stand_after_the_surname_in_a_sentence_and_before_it_beside_a_signature() -> None:
    name = PersonName("Соколова", "Мария", "Евгеньевна")

    assert name.running() == f"Соколова{NBSP}М.{NBSP}Е."
    assert name.running(TO) == f"Соколовой{NBSP}М.{NBSP}Е."
    assert name.signing() == f"М.{NBSP}Е.{NBSP}Соколова"


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("Ветрова Нина Андреевна", "Н. А. Ветрова"),
        ("Нина Андреевна Ветрова", "Н. А. Ветрова"),
        ("Ветрова Н. А.", "Н. А. Ветрова"),
        ("Ветрова Н.А.", "Н. А. Ветрова"),
        ("Н.А.Ветрова", "Н. А. Ветрова"),
        ("  Н. А.  Ветрова ", "Н. А. Ветрова"),
        ("Ёлкина-Ветрова Ёзда Ильинична", "Ё. И. Ёлкина-Ветрова"),
        ("Ким Анна", "А. Ким"),
        ("Ветрова", "Ветрова"),
        ("Гасанов Рамиль Гасан оглы", "Гасанов Рамиль Гасан оглы"),
        ("", ""),
    ],
)
def test_the_head_is_signed_for_however_the_name_was_written(written: str, signed: str) -> None:
    assert plain(signature_of(written)) == signed


letters = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЯЁ-", min_size=1, max_size=20)


@given(letters, letters, st.sampled_from(("", "Иванович", "Ивановна")), st.sampled_from(NameCase))
def test_any_name_gives_a_name_of_as_many_words(surname: str, given_name: str, patronymic: str, case: NameCase) -> None:
    name = PersonName(surname, given_name, patronymic)

    assert len(name.full(case).split()) == len(list(filter(None, (surname, given_name, patronymic))))
    assert name.full(NameCase.NOMINATIVE) == " ".join(filter(None, (surname, given_name, patronymic)))


@given(st.text(max_size=60))
def test_a_signature_loses_no_surname(text: str) -> None:
    words = text.split()

    assert not words or any(word in signature_of(text) for word in words)


@pytest.mark.parametrize(
    ("name", "accusative"),
    [
        (PersonName("Петров", "Илья", sex="m"), "Илью"),
        (PersonName("", "Павел", sex="m"), "Павла"),
        (PersonName("", "Любовь", sex="f"), "Любовь"),
        (PersonName("", "Чодураа", sex="f"), "Чодураа"),
        (PersonName("", "Нина", "Андреевна"), "Нину Андреевну"),
        (PersonName("", "Олег", "Петрович", "f"), "Олега Петровича"),
        (PersonName("", "Саша"), "Саша"),
    ],
)
def test_who_is_called_without_the_surname_changes_with_the_sex_where_it_is_known(
    name: PersonName, accusative: str
) -> None:
    assert name.called(NameCase.ACCUSATIVE) == accusative


def test_a_patronymic_tells_the_sex_where_there_is_one() -> None:
    assert [sex_told_by(one) for one in ("Ильич", "Андреевна", "Мехди оглы", "")] == ["m", "f", "m", ""]
