from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.russian import initials, one_line, search_key, sort_key

CYRILLIC = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -–—«»№0123456789", max_size=40)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Семён", "семен"),
        ("СЕМЁН", "семен"),
        ("Семе\u0308н", "семен"),
        ("  Анна \n Мария\u00a0", "анна мария"),
        ("Анна–Мария", "анна-мария"),
        ("Анна—Мария", "анна-мария"),
        ("Анна\u2011Мария", "анна-мария"),
        ("Анна−Мария", "анна-мария"),
        ("Йошкар-Ола", "йошкар-ола"),
        ("", ""),
    ],
)
def test_a_search_key_folds_case_yo_dashes_and_spaces(written: str, key: str) -> None:
    assert search_key(written) == key


@given(CYRILLIC)
def test_capitals_do_not_change_a_search_key(text: str) -> None:
    assert search_key(text.upper()) == search_key(text)


@given(st.text(max_size=40))
def test_a_search_key_of_a_key_is_the_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(CYRILLIC, CYRILLIC)
def test_a_part_of_a_text_is_found_in_its_key(text: str, rest: str) -> None:
    part = search_key(text)

    assert part in search_key(f"{rest} {text} {rest}")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("«Школа № 5»", "школа 000005"),
        ("Школа №20 г. Ёлкино", "школа 000020 г елкино"),
        ("Анна-Мария", "анна мария"),
        ("  ", ""),
    ],
)
def test_a_sort_key_passes_over_signs_and_pads_numbers(written: str, key: str) -> None:
    assert sort_key(written) == key


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("Анна", "Борисовна"), "А.\u00a0Б."),
        (("ёлка", ""), "Ё."),
        (("", ""), ""),
        (("", "Борисовна"), "Б."),
    ],
)
def test_initials_are_capitals_with_a_space_that_does_not_break(names: tuple[str, str], short: str) -> None:
    assert initials(*names) == short


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Римский -\tКорсаков\n", "Римский - Корсаков"),
        ("Иванова\u00a0Анна", "Иванова Анна"),
        ("\u202eавонавИ\u202c", "авонавИ"),
        ("Ива\u200bнов\x00", "Иванов"),
        ("\u202e", ""),
    ],
)
def test_a_line_has_single_spaces_and_nothing_unseen(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
