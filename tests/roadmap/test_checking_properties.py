"""Whatever a plan holds it is looked through, and a mend ends what it was made for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from roadmap.checking import Item, Plan, Rewrite, Section, check_plan, finding_key, label_of
from roadmap.reading.checks import STANDARD
from roadmap.terms import Window, read_term

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2024, 1, 1), date(2029, 12, 31))
WINDOW = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))
TEXTS = st.sampled_from([activity.text for activity in STANDARD]) | st.sampled_from(
    ["", "Дело", "на 0001 год", "Пары на 2000-2099 учебный год", "на 9999 год", "МБОУ «СОШ №49» и Лицей № 21", "«" * 50]
)
TERMS = st.sampled_from(
    ["", "Май 2026", "Маай 2026", "Октябрь 2021г.", "по графику", "2000-2099 годы", "сентябрь 9999 – май", "29 февраля"]
)
NUMBERS = st.sampled_from(["", "1", "2.", "7.7", "999.999", "I", "٣", "1.1.1.1", "0"])
ITEM = st.builds(
    Item,
    key=st.just(""),
    number=NUMBERS,
    section=TEXTS,
    text=TEXTS,
    term=TERMS,
    windows=st.lists(WINDOW, max_size=4).map(lambda windows: tuple(sorted(set(windows)))),
    days_by_hand=st.booleans(),
    unheld=st.lists(st.sampled_from(["директор", "Директор", ""]), max_size=2).map(tuple),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    rows = draw(st.lists(st.lists(ITEM, max_size=12), max_size=4))
    sections = tuple(
        Section(
            f"s{place}",
            {"number": draw(NUMBERS), "name": draw(TEXTS)},
            tuple(replace(item, key=f"a{place}.{count}") for count, item in enumerate(items)),
        )
        for place, items in enumerate(rows)
    )
    return Plan(sections, STANDARD, draw(st.none() | WINDOW), "head", {"title": draw(TEXTS)}, school="МКОУ СОШ № 7")


EDGES: Window = (date(1, 1, 1), date(9999, 12, 31))


@given(plan=plans())
@example(plan=Plan((), STANDARD, EDGES, "head", {"title": "План на 2021-2022 учебный год"}))
@example(plan=Plan((Section("s", {"name": "на 2021-2022 учебный год"}, ()),), STANDARD, EDGES, "head"))
@example(plan=Plan((), (), None, "head"))
def test_any_plan_is_looked_through(plan):
    findings = check_plan(plan)

    keys = [finding_key(found) for found in findings]
    assert len(set(keys)) == len(keys)
    assert all(found.text for found in findings)
    assert all(label_of(found.mend) for found in findings if found.mend)


@given(plan=plans())
def test_a_term_that_is_proposed_can_be_read(plan):
    for found in check_plan(plan):
        if isinstance(found.mend, Rewrite) and found.mend.field == "term" and found.code != "misspelt":
            assert read_term(found.mend.text, period=plan.period).windows
