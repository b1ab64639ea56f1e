"""The squares are read back as what was put into them, in as few dots as the text needs."""

from __future__ import annotations

import pytest

from core.squares import square_code
from tests.squares import read_square


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("ST1-57-K7QJ2ZMA", 21),
        ("https://nastavnichestvo.shkola12.example/l/XmxGgJkyw2a9yD3yJ0So3NVbTS7GBE3ITwv5-zoqj8A/", 41),
        ("Талон №5", 21),
    ],
)
def test_a_square_is_read_as_the_text_it_was_made_of(text: str, side: int) -> None:
    drawn = square_code(text)

    code = read_square(drawn)
    assert (code.text, code.ec_level, drawn.startswith(f'<svg viewBox="0 0 {side} {side}">')) == (text, "M", True)
