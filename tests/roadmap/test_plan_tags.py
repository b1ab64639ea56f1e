"""What is put together by hand on the pages of a programme: each of its values must be seen to be escaped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.forms import labelled_fields
from core.navigation import Tab
from core.templatetags.shell import tab_links
from roadmap.board.board import StageLines
from roadmap.board.drawing import definitions, picture
from roadmap.board.filters import Wanted
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.staircase import StageRow, Tread
from roadmap.board.timeline import Frame, timeline_of
from roadmap.forms.filters import FilterForm
from roadmap.templatetags.plans import stage_blocks, steps, year_rows
from roadmap.templatetags.timelines import timeline_rows

EVIL = "<b onclick='x'>\"&"
SAFE = "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;"
TODAY = date(2026, 11, 22)
TREAD = Tread(1, "1", "Этап", "Этап", 1, 3, 1, "осенью", "now", 3)
STAGE = StageRow(1, "1.", "Этап", "", "", "")
ROW = WindowRow(1, 7, 9, 2026, 1, "1", "", "Дело", "", "", TODAY, TODAY, None, "", "", "", "", "planned", Standing.NOW)


@pytest.mark.parametrize("field", ["number", "name", "short_name", "when", "proofs"])
def test_a_step_is_escaped(field: str) -> None:
    evil: Any = {field: (EVIL,) if field == "proofs" else EVIL}
    tread = replace(TREAD, **evil)

    printed = steps([tread], "/programmes/1/", "", False)

    assert EVIL not in printed
    assert SAFE in printed


def test_a_plain_step_leads_nowhere_and_counts_nothing() -> None:
    printed = steps([TREAD], "", "", True)

    assert "<a" not in printed
    assert "1 из 3" not in printed
    assert "просрочено" not in printed


def test_a_step_leads_to_its_stage_in_the_year_that_is_shown() -> None:
    assert 'href="/p/?stage=1&amp;year=2026#all"' in steps([TREAD], "/p/", "&year=2026", False)


@pytest.mark.parametrize("field", ["name", "goal", "task", "result"])
def test_a_stage_and_its_purpose_are_escaped(field: str) -> None:
    evil: Any = {field: EVIL}
    block = StageLines(TREAD, replace(STAGE, **evil), [])

    printed = stage_blocks([block], may_mark=True, windows_at="/windows/", back="%2F")

    assert EVIL not in printed
    assert SAFE in printed


def test_lines_of_a_purpose_stay_lines() -> None:
    block = StageLines(TREAD, replace(STAGE, goal="раз\nдва"), [])

    assert "раз<br>два" in stage_blocks([block], may_mark=False, windows_at="/windows/", back="")


def test_years_show_what_is_done_and_what_is_late() -> None:
    empty = replace(TREAD, place=2, done=0, total=0, late=0)

    printed = year_rows([(2025, [TREAD, empty]), (2026, [TREAD, empty])], "/p/", 2026)

    assert printed.count('<tr aria-current="true"><th scope="row"><a href="/p/?year=2026">2026–2027</a>') == 1
    assert printed.count('<a href="/p/?year=2025&amp;stage=1#all">1 из 3</a> <b class="step-late">') == 1
    assert printed.count('<td class="year-step">–</td>') == 2


def test_choices_of_a_filter_are_escaped_and_the_chosen_one_is_chosen() -> None:
    form = FilterForm(
        {"who": f"name:{EVIL}", "stage": "2"},
        stages=[("1", EVIL), ("2", "Второй")],
        people=([], [(f"name:{EVIL}", EVIL)]),
        years=[],
    )

    printed = labelled_fields(form)

    assert EVIL not in printed
    assert f'<option value="name:{SAFE}" selected>{SAFE}</option>' in printed
    assert '<option value="2" selected>Второй</option>' in printed
    assert printed.count(" selected") == 3  # and «in any state», of which nothing was asked


def test_tabs_are_escaped() -> None:
    printed = tab_links([Tab(EVIL, "/?a=1&b=2", None, True), Tab("Два", "/two/", 3, False)])

    assert printed == f'<a href="/?a=1&amp;b=2" aria-current="page">{SAFE}</a><a href="/two/">Два <b>3</b></a>'


@pytest.mark.parametrize("field", ["number", "text"])
def test_a_row_of_the_timeline_and_of_its_picture_is_escaped(field: str) -> None:
    evil: Any = {field: EVIL}
    found = timeline_of([ROW._replace(**evil)], Frame(date(2026, 9, 1), date(2027, 5, 31)), TODAY, [])

    for printed in (timeline_rows(found.tracks, "/activities/", TODAY), picture(found, {1: EVIL}, EVIL, TODAY)):
        assert EVIL not in printed
        assert SAFE in printed


def test_a_picture_carries_its_own_patterns_and_no_style() -> None:
    found = timeline_of([ROW], Frame(date(2026, 9, 1), date(2027, 5, 31)), TODAY, [])

    drawn = picture(found, {1: "Этап"}, "Лента", TODAY)

    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1124 102"')
    assert drawn.count("<pattern ") == 2
    assert "style" not in drawn
    assert definitions(found).count('<g id="months">') == 1


def test_nothing_asked_is_not_narrow() -> None:
    assert [Wanted().is_narrow, Wanted(who="me").is_narrow] == [False, True]
