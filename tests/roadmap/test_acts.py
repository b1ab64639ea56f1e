"""The rows of long lists are put together by hand, so that each of their values must be seen to be escaped."""

from __future__ import annotations

import pytest

from roadmap.board.lines import Line
from roadmap.templatetags.acts import act_rows

EVIL = "<b onclick='x'>\"&"
SAFE = "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;"


@pytest.mark.parametrize("verb", ["done", "undo", "complete"])
@pytest.mark.parametrize("field", [name for name in Line._fields if name != "verb"])
def test_every_value_of_a_row_is_escaped(field: str, verb: str) -> None:
    line = Line(*["-"] * len(Line._fields))._replace(**{"verb": verb, field: EVIL})

    printed = act_rows([line], may_mark=True, windows_at="/windows/", back="%2F")

    assert EVIL not in printed
    assert SAFE in printed


def test_a_value_with_the_sign_between_values_stays_in_its_place() -> None:
    lines = [Line(*["-"] * len(Line._fields))._replace(text=text) for text in ("раз\0два", "<три>")]

    printed = act_rows(lines, may_mark=False, windows_at="/windows/", back="%2F")

    assert "раз\0два</a></p>" in printed
    assert "&lt;три&gt;</a></p>" in printed


def test_the_way_back_is_escaped_too() -> None:
    line = Line(*["-"] * len(Line._fields))

    assert EVIL not in act_rows([line], may_mark=True, windows_at="/windows/", back=EVIL)


def test_who_may_open_no_activity_gets_no_way_to_it() -> None:
    line = Line(*["-"] * len(Line._fields))._replace(proof_at="", verb="done")

    assert "<a" not in act_rows([line], may_mark=False, windows_at="", back="")


def test_a_reader_who_may_mark_nothing_gets_no_buttons() -> None:
    line = Line(*["-"] * len(Line._fields))

    assert 'class="do"' not in act_rows([line], may_mark=False, windows_at="/windows/", back="%2F")
