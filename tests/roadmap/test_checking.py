"""What is found in a plan: the known faults of schools' documents, and nothing in a plan that is right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from roadmap.checking import (
    AddActivity,
    Finding,
    Item,
    Mend,
    Plan,
    Rename,
    Renumber,
    Rewrite,
    Section,
    check_plan,
    finding_key,
    label_of,
)
from roadmap.checking.findings import CODES
from roadmap.checking.names import renamed
from roadmap.reading import read_document
from roadmap.reading.checks import STANDARD
from roadmap.terms import read_term
from tests.roadmap.documents import TWINS, seed, twin

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
THREE_YEARS = (date(2026, 9, 1), date(2029, 8, 31))

FAULTS: dict[str, list[tuple[str, str | int, str]]] = {
    "one_list": [("after_dependent", "18", "Сентябрь – октябрь 2023")],
    "three_years": [
        ("after_dependent", "5.2", "Октябрь 2021, 2022, 2023"),
        ("one_year_only", "6.4", "Февраль- май 2022"),
        ("missing_standard", 78, STANDARD[31].text),
        ("numbering_gap", "7.7", "7.5 → 7.7"),
        ("after_dependent", "7.8", "Декабрь 2021, 2022, 2023"),
    ],
    "with_sections": [
        ("numbering_gap", 73, "2 → 4"),
        ("other_school", 92, "МБОУ «СОШ №49»"),
        ("outside_period", 139, "Октябрь 2021г."),
        ("numbering_gap", 140, "1 → 3"),
        ("outside_period", 147, "Октябрь 2021г."),
        ("numbering_start", 177, "2"),
        ("after_dependent", 230, "Февраль 2025г."),
        ("after_dependent", 231, "Март 2025г."),
        ("after_dependent", 232, "Апрель 2025г."),
        ("numbering_gap", "6", "4 → 6"),
    ],
    "kindergarten": [
        ("numbering_gap", "7", "5 → 7"),
        ("outside_period", 80, "Май 2023"),
        ("outside_period", 81, "Май 2022"),
    ],
    "lost_columns": [],
}
"""Everything of these codes that five real documents have, by the twin's name: nothing else is said of them."""


def known_faults(data: bytes) -> list[tuple[str, str | int, str]]:
    warnings = read_document(data, "plan.txt").outline.warnings
    return [(one.code, one.where, one.quote) for one in warnings if one.code in CODES]


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("name", TWINS)
def test_the_known_faults_of_a_seed_are_found_and_no_others(name):
    assert known_faults(seed(name)) == [(code, where, quote[:160]) for code, where, quote in FAULTS[name]]


@pytest.mark.parametrize("name", TWINS)
def test_the_known_faults_of_a_twin_are_found_and_no_others(name):
    faults = [(code, where, quote.replace("№49", "№63")) for code, where, quote in FAULTS[name]]

    assert known_faults(twin(name)) == faults


def test_one_list_says_what_the_survey_comes_before():
    warnings = read_document(twin("one_list"), "plan.txt").outline.warnings

    (found,) = [one.text for one in warnings if one.code == "after_dependent"]
    assert found == (
        "Начинается раньше, чем № 17 «Организация групповой встречи наставников и наставляемых» (октябрь 2023), "
        "а должно идти после."
    )


# ---------------------------------------------------------------- plans of plain values


def item(number: str, text: str, term: str = "", **more) -> Item:
    period = more.pop("period", YEAR)
    return Item(f"a{number}", number, text=text, term=term, windows=read_term(term, period=period).windows, **more)


def plan(*items: Item, period=YEAR, stage: str = "1", **more) -> Plan:
    return Plan((Section("s1", {"number": stage, "name": "Этап"}, items),), STANDARD, period, key="head", **more)


def found(of: Plan) -> list[tuple[str, str, str]]:
    return [(one.code, one.key, one.quote) for one in check_plan(of)]


def mends(of: Plan) -> list[Mend | None]:
    return [one.mend for one in check_plan(of)]


def labels(findings: Sequence[Finding]) -> list[str]:
    return [label_of(one.mend) for one in findings if one.mend]


MEETING, PREFERENCES = STANDARD[16].text, STANDARD[17].text


def test_a_plan_in_order_has_no_findings():
    assert found(plan(item("1", MEETING, "Октябрь 2026"), item("2", PREFERENCES, "Октябрь 2026"))) == []


def test_a_slip_in_the_year_is_mended_by_the_year_that_fits():
    of = plan(item("1", "Педсовет", "Октябрь 2021г."))

    assert found(of) == [("outside_period", "a1", "Октябрь 2021г.")]
    assert mends(of) == [Rewrite("a1", "term", "Октябрь 2026г.", "Октябрь 2026г.")]
    assert labels(check_plan(of)) == ["Исправить: Октябрь 2026г."]


def test_in_a_plan_of_several_years_nobody_guesses_which_was_meant():
    of = plan(item("1", "Педсовет", "Октябрь 2021", period=THREE_YEARS), period=THREE_YEARS)

    assert [(one.code, one.mend) for one in check_plan(of)] == [("outside_period", None)]


def test_days_set_by_hand_outside_the_plan_are_told_too():
    by_hand = Item("a1", "1", text="Педсовет", windows=((date(2025, 9, 1), date(2025, 9, 5)),), days_by_hand=True)

    assert found(plan(by_hand)) == [("outside_period", "a1", "с 1 по 5 сентября 2025")]
    assert mends(plan(by_hand)) == [None]


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("Октябрь 2026", "Сентябрь 2026", "Октябрь 2026"),
        ("Октябрь 2026", "Сентябрь – октябрь 2026", "Октябрь 2026"),
        ("с 5 по 9 октября 2026", "1 октября 2026", "С 5 по 9 октября 2026"),
    ],
)
def test_what_begins_before_it_can_is_put_behind(first, second, mended):
    of = plan(item("1", MEETING, first), item("2", PREFERENCES, second))

    assert [one.code for one in check_plan(of)] == ["after_dependent"]
    assert mends(of) == [Rewrite("a2", "term", mended, mended)]


def test_in_a_plan_of_several_years_only_the_year_that_is_wrong_changes():
    meeting = item("1", MEETING, "Октябрь 2026, 2027", period=THREE_YEARS)
    survey = item("2", PREFERENCES, "Октябрь 2026, сентябрь 2027", period=THREE_YEARS)

    assert mends(plan(meeting, survey, period=THREE_YEARS)) == [
        Rewrite("a2", "term", "Октябрь 2026, 2027", "Октябрь 2026, 2027")
    ]


@pytest.mark.parametrize(
    ("meetings", "monitoring"),
    [
        ("В течение года", "Апрель 2027"),  # what goes on all the year has no end to wait for
        ("Октябрь 2026 – май 2027", "Октябрь 2026 – май 2027"),
        ("Октябрь 2026 – май 2027", "В течение года"),
        ("Октябрь 2021", "Апрель 2027"),  # a slip in the year says nothing of the order
        ("", "Апрель 2027"),
    ],
)
def test_what_may_be_right_is_not_called_too_early(meetings, monitoring):
    of = plan(item("1", STANDARD[25].text, meetings), item("2", STANDARD[30].text, monitoring))

    assert [code for code, _, _ in found(of) if code == "after_dependent"] == []


def test_interim_monitoring_may_come_before_the_meetings_end():
    of = plan(
        item("1", STANDARD[25].text, "Май 2027"),
        item("2", f"Промежуточный этап. {STANDARD[30].text}", "Январь 2027"),
    )

    assert found(of) == []


def test_one_year_among_neighbours_of_three_is_filled_up():
    texts = ["Первая встреча", "Вторая встреча", "Беседы", "Наблюдение"]
    terms = ["Октябрь 2026, 2027, 2028", "Ноябрь 2026, 2027, 2028", "Май 2027", "Март 2027, 2028, 2029"]
    rows = zip(texts, terms, strict=True)
    of = plan(
        *(item(str(place), text, term, period=THREE_YEARS) for place, (text, term) in enumerate(rows, 1)),
        period=THREE_YEARS,
    )

    assert found(of) == [("one_year_only", "a3", "Май 2027")]
    assert mends(of) == [Rewrite("a3", "term", "Май 2027, 2028, 2029", "Май 2027, 2028, 2029")]


def test_an_order_is_issued_once_in_a_plan_of_three_years():
    of = plan(
        item("1", "Издание приказа", "Сентябрь 2026", period=THREE_YEARS),
        item("2", "Беседы", "Октябрь 2026, 2027, 2028", period=THREE_YEARS),
        item("3", "Встречи", "Ноябрь 2026, 2027, 2028", period=THREE_YEARS),
        period=THREE_YEARS,
    )

    assert found(of) == []


@pytest.mark.parametrize(
    ("text", "quote", "mended"),
    [
        ("Пары на 2021-2022 учебный год", "2021-2022 учебный год", "Пары на 2026-2027 учебный год"),
        ("План на 2021/2022 уч. год принят", "2021/2022 уч. год", "План на 2026/2027 уч. год принят"),
        ("План работы на 2019 год", "на 2019 год", "План работы на 2026 год"),
    ],
)
def test_a_year_left_in_the_words_is_found(text, quote, mended):
    of = plan(item("1", text))

    assert found(of) == [("other_year", "a1", quote)]
    assert [one.text for one in mends(of) if isinstance(one, Rewrite)] == [mended]


@pytest.mark.parametrize(
    ("title", "quotes"),
    [
        ("Дорожная карта на 2026-2027 учебный год", []),
        ("Дорожная карта на 2025-2026 учебный год", ["2025-2026 учебный год"]),
        ("Дорожная карта на 2027/2028 уч. год", ["2027/2028 уч. год"]),
        ("Дорожная карта на 2026 год", []),
        ("Дорожная карта на 2024 год", ["на 2024 год"]),
    ],
)
def test_the_title_names_the_plans_own_year(title, quotes):
    assert [quote for _, _, quote in found(plan(item("1", "Дело"), fields={"title": title}))] == quotes


@pytest.mark.parametrize(
    "text",
    [
        "Приказ от 25.12.2019 № 145",
        "Итоги 2025-2026 учебного года",
        "Подготовка к 2027-2028 учебному году",
        "Концепция до 2030 года",
        "Проект на 2019-2024 годы",
    ],
)
def test_other_years_are_spoken_of_with_reason(text):
    assert found(plan(item("1", text))) == []


@pytest.mark.parametrize(
    ("numbers", "code", "quote", "renumbered"),
    [
        (["7.1", "7.3", "7.4"], "numbering_gap", "7.1 → 7.3", (("a7.3", "7.2"), ("a7.4", "7.3"))),
        (["2", "3"], "numbering_start", "2", (("a2", "1"), ("a3", "2"))),
        (["1.", "2.", "4."], "numbering_gap", "2 → 4", (("a4.", "3."),)),
    ],
)
def test_numbers_are_counted_on(numbers, code, quote, renumbered):
    of = plan(*(item(number, f"Дело {number}") for number in numbers))

    (finding,) = check_plan(of)
    assert (finding.code, finding.quote, finding.mend) == (code, quote, Renumber(renumbered))


def test_a_number_that_goes_back_is_counted_on():
    rows = [Item("a", "1"), Item("b", "2"), Item("c", "2"), Item("d", "3")]

    (finding,) = check_plan(plan(*rows))

    assert (finding.code, finding.key, finding.quote) == ("numbering_repeat", "c", "2 → 2")
    assert finding.mend == Renumber((("c", "3"), ("d", "4")))
    assert label_of(finding.mend) == "Перенумеровать: 3, 4"


def test_sections_that_begin_anew_are_no_steps_back():
    rows = [Item(f"{part}{number}", number, part) for part in ("Раздел А", "Раздел Б") for number in ("1", "2")]

    assert found(plan(*rows)) == []


def test_another_schools_name_gives_way_to_the_own_one():
    of = plan(item("1", "Положение внутри МБОУ «СОШ №49» утверждено"), own=("СОШ № 7",), school="МКОУ СОШ № 7")

    assert found(of) == [("other_school", "a1", "МБОУ «СОШ №49»")]
    assert mends(of) == [Rename("49", "МКОУ СОШ № 7")]
    assert labels(check_plan(of)) == ["Исправить: МКОУ СОШ № 7"]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("внутри МБОУ «СОШ №49», МБОУ «СОШ №49»", "внутри МКОУ СОШ № 7, МКОУ СОШ № 7"),
        ("внутри СОШ №49 и лицея № 50", "внутри МКОУ СОШ № 7 и лицея № 50"),
        ("внутри «Школы дружбы: МБОУ «СОШ №49»", "внутри «Школы дружбы: МБОУ «СОШ №49»"),
    ],
)
def test_a_name_is_put_in_place_of_the_school_with_that_number(text, now):
    assert renamed(text, Rename("49", "МКОУ СОШ № 7")) == now


def test_a_piece_of_a_longer_name_is_told_and_nothing_is_proposed():
    of = plan(item("1", "Встреча в «Заречной школе № 3»"), own=("СОШ № 7",), school="МКОУ СОШ № 7")

    assert [(one.quote, one.mend) for one in check_plan(of)] == [("школе № 3", None)]


def test_the_own_name_is_no_other_school():
    assert found(plan(item("1", "Приказ по СОШ № 7"), own=("МКОУ СОШ №7",))) == []


def standard_plan(*, without: int) -> Plan:
    """The thirty-five under their seven stages, numbered within each, one of them left out with its number."""
    sections = []
    for stage in range(1, 8):
        numbers = [number for number in range(1, 36) if STANDARD[number - 1].stage == stage]
        items = tuple(
            Item(f"a{number}", f"{stage}.{place}", text=STANDARD[number - 1].text, term=f"{number % 28 + 1} мая 2027")
            for place, number in enumerate(numbers, 1)
            if number != without
        )
        sections.append(Section(f"s{stage}", {"number": str(stage), "name": f"Этап {stage}"}, items))
    return Plan(tuple(sections), STANDARD)


def test_the_whole_standard_plan_misses_nothing():
    assert found(standard_plan(without=0)) == []


@pytest.mark.parametrize("number", range(1, 36))
def test_each_standard_activity_is_missed_at_its_stage(number):
    missed = [one for one in check_plan(standard_plan(without=number)) if one.code == "missing_standard"]

    assert [(one.key, one.quote) for one in missed] == [
        (f"s{STANDARD[number - 1].stage}", STANDARD[number - 1].text),
    ]


def test_a_missing_activity_goes_into_the_gap_of_the_numbers_at_the_time_of_the_one_before():
    gap, missed = sorted(check_plan(standard_plan(without=32)), key=lambda one: one.code == "missing_standard")

    assert gap.code == "numbering_gap"
    assert missed.mend == AddActivity("s7", "a31", 32, "7.4", STANDARD[31].text, "4 мая 2027")
    assert label_of(missed.mend) == "Добавить мероприятие № 32"


def test_without_a_gap_a_missing_activity_goes_to_the_end_of_its_stage():
    (missed,) = check_plan(standard_plan(without=35))

    assert missed.mend == AddActivity("s7", "a34", 35, "7.7", STANDARD[34].text, "7 мая 2027")


def test_a_plan_of_the_schools_own_misses_nothing():
    assert found(plan(*(item(str(place), f"Дело {place}") for place in range(1, 30)))) == []


def test_a_role_that_nobody_has_is_told_once():
    of = plan(
        Item("a1", "1", text="Беседа", unheld=("педагог-психолог",)),
        Item("a2", "2", text="Опрос", unheld=("Педагог-психолог", "социальный педагог")),
    )

    assert found(of) == [
        ("role_unheld", "a1", "педагог-психолог"),
        ("role_unheld", "a2", "социальный педагог"),
    ]


def test_a_finding_is_known_again_by_place_kind_and_words():
    first, second = check_plan(plan(item("1", "Совет", "Май 2020"), item("2", "Сбор", "Май 2020")))

    assert finding_key(first) == finding_key(check_plan(plan(item("1", "Иначе", "Май 2020")))[0])
    assert finding_key(first) != finding_key(second)
