"""The five templates: each like the paper it was made of, with nobody's name, at home in any school and year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.blueprints import Template, find_template, lay_out, templates
from roadmap.blueprints.again import move_term, move_window, move_years, years_on
from roadmap.blueprints.laying import term_text
from roadmap.cycles import cycle_spans, windows_by_cycle
from roadmap.outline import Outline, OutlineActivity
from roadmap.reading import read_document
from roadmap.reading.standard import ACTIVITIES, STAGE_NAMES, StandardActivity
from roadmap.terms import read_term, render_windows
from tests.roadmap.documents import seed

KEYS = [template.key for template in templates()]
SEEDS = {
    "student": ("one_list", "МКОУ СОШ №2", date(2023, 6, 1)),
    "gifted": ("three_years", "МБОУ «Лицей №21»", date(2021, 9, 1)),
    "detailed": ("with_sections", "МБООУ СТД, НДЛ Элдиг-Хемская СШ-И", date(2024, 8, 1)),
    "kindergarten": ("kindergarten", "МБДОУ «Детский сад №2» г.Калачинска Омской области", date(2023, 9, 1)),
    "teacher": ("lost_columns", "МБОУ «СОШ № 20» города Кирова", date(2022, 9, 1)),
}
"""By template: its paper among the twins, the school's name there and the first month."""

COUNTS = {
    "student": (4, 3, 5, 4, 4, 8, 7),
    "gifted": (4, 3, 4, 4, 4, 8, 8),
    "detailed": (13, 5, 4, 5, 6, 8, 9),
    "kindergarten": (6, 2, 2, 3, 6, 3, 1),
    "teacher": (4, 2, 2, 2, 2, 2, 1),
}

SLIPS = {
    "педагог- психолог": "педагог-психолог",
    " «Вместе по лестнице успеха»": "",  # the lyceum's own name of its programme
    "МБОУ «Лицей№21»": "МБОУ «Лицей №21»",
    "МБОУ «Лицей № 21»": "МБОУ «Лицей №21»",
    "детьми Сбор": "детьми. Сбор",
    "запросах, наставляемых": "запросах наставляемых",
    "детьми их родных": "детьми, их родных",
    "детьми лучших": "детьми, лучших",
    "МБОУ «СОШ №49»": "МБООУ СТД, НДЛ Элдиг-Хемская СШ-И",
    "Федерации .«": "Федерации «",
    "науки. «": "науки «",
    "наставничества в МБООУ СТД, НДЛ Элдиг-Хемская СШ-И».": "наставничества в МБООУ СТД, НДЛ Элдиг-Хемская СШ-И",
    "РСЦМН наставничества": "РСЦМН",
    "запросахпедагогов": "запросах педагогов",
    "потенциальныхнаставников": "потенциальных наставников",
    "наставников,обеспечение": "наставников, обеспечение",
    "снаставляемыми": "с наставляемыми",
    "Подготовкаусловий дляреализации": "Подготовка условий для реализации",
    "в вк)": "в ВК)",
    "награждения лучших наставников.": "награждения лучших наставников",
}
"""What is mended in the wording of the papers, and how."""


def laid(key: str, school: str = "МБОУ «Берёзовая школа»", starts_on: date = date(2027, 9, 1)) -> Outline:
    template = find_template(key)
    assert template
    return lay_out(template, school=school, organisation=f"Учреждение {school}", starts_on=starts_on)


def lines(outline: Outline) -> list[OutlineActivity]:
    return [activity for stage in outline.stages for activity in stage.activities]


def mended(text: str | None) -> str:
    text = " ".join((text or "").split())
    for slip, right in SLIPS.items():
        text = text.replace(slip, right)
    return text


def texts_of(template: Template) -> list[str]:
    """Everything a template says in a paper."""
    stages = template.stages
    return [
        template.title,
        template.preamble,
        *(column.title for column in template.columns),
        *(text for stamp in template.approvals for text in (stamp.word, stamp.by, stamp.basis)),
        *(text for stage in stages for text in (stage.name, stage.goal, stage.task, stage.result)),
        *(
            text
            for stage in stages
            for one in stage.activities
            for text in (one.section, one.text, one.words, one.responsible)
        ),
    ]


# ---------------------------------------------------------------- like the papers


def test_there_are_five_templates() -> None:
    assert KEYS == ["student", "gifted", "detailed", "teacher", "kindergarten"]
    assert {
        template.key: tuple(len(stage.activities) for stage in template.stages) for template in templates()
    } == COUNTS
    assert [(template.activities, template.years) for template in templates()] == [
        (35, 1),
        (35, 3),
        (50, 1),
        (15, 1),
        (23, 1),
    ]


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("key", KEYS)
def test_the_wording_is_that_of_the_paper(key: str) -> None:
    """Line for line, but for the slips above and the standard activity that one paper left out."""
    name, school, starts_on = SEEDS[key]
    paper = read_document(seed(name), "paper.txt").outline

    template = laid(key, school, starts_on)

    ours, theirs = (
        [(mended(one.section).removesuffix(f" {school}"), mended(one.text)) for one in lines(outline)]
        for outline in (template, paper)
    )
    if key == "gifted":
        assert ours.pop(-3) == ("", ACTIVITIES[31].text)  # 7.6
    assert ours == theirs
    assert [mended(stage.name) for stage in template.stages] == [mended(stage.name) for stage in paper.stages]
    assert [column.title for column in template.columns] == [column.title for column in paper.columns]


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("key", ["gifted", "detailed"])
def test_goal_task_and_result_of_each_stage_are_those_of_the_paper(key: str) -> None:
    name, school, starts_on = SEEDS[key]
    paper = read_document(seed(name), "paper.txt").outline

    ours, theirs = (
        [tuple(map(mended, (stage.goal, stage.task, stage.result))) for stage in outline.stages]
        for outline in (laid(key, school, starts_on), paper)
    )

    assert ours == theirs


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("key", ["student", "gifted"])
def test_roles_answer_where_people_of_that_role_did(key: str) -> None:
    name, school, starts_on = SEEDS[key]

    def roles(outline: Outline) -> dict[str | None, set[str]]:
        return {
            one.number: {mended(person.role).removesuffix(school).strip().lower() for person in one.responsible.people}
            for one in lines(outline)
            if one.number != "7.6"
        }

    assert roles(laid(key, school, starts_on)) == roles(read_document(seed(name), "paper.txt").outline)


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("key", ["student", "gifted"])
def test_the_terms_are_those_of_the_paper_where_it_makes_no_slip(key: str) -> None:
    name, school, starts_on = SEEDS[key]
    theirs = {one.number: one.term.windows for one in lines(read_document(seed(name), "paper.txt").outline)}

    ours = {one.number: one.term.windows for one in lines(laid(key, school, starts_on))}

    slips = {"student": {"18"}, "gifted": {"4.4", "5.2", "6.4", "7.6", "7.8"}}
    assert {number for number, windows in ours.items() if windows != theirs.get(number)} == slips[key]


def test_the_student_model_carries_the_official_tasks_and_results() -> None:
    detailed, student = (laid(key, "образовательной организации") for key in ("detailed", "student"))

    assert [(stage.task, stage.result) for stage in student.stages] == [
        (stage.task, stage.result) for stage in detailed.stages
    ]


def test_the_student_model_is_what_the_reader_takes_for_the_standard() -> None:
    stages = laid("student").stages

    assert tuple(stage.name for stage in stages) == STAGE_NAMES
    assert [StandardActivity(int(stage.number or 0), one.text) for stage in stages for one in stage.activities] == list(
        ACTIVITIES
    )


# ---------------------------------------------------------------- nobody's


@pytest.mark.parametrize("template", templates(), ids=KEYS)
def test_a_template_names_no_person_no_school_and_no_year(template: Template) -> None:
    said = "\n".join(texts_of(template)).replace("от 25.12.2019 № Р-145", "")  # the order of the ministry itself

    assert re.findall(r"[А-ЯЁ]\. ?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+(?:ович|евич|овна|евна)\b", said) == []
    assert re.findall(r"\b(?:М[БКА]О{1,2}У|МБДОУ|СОШ|Лицей|Гимназия)\b|\bг\. ?[А-ЯЁ]|«Детский сад", said) == []
    assert re.findall(r"\d{4}|\d\d\.\d\d\.|№ ?\d", said) == []
    assert set(re.findall(r"\{.*?\}", said)) <= {"{school}", "{years}"}


@pytest.mark.parametrize("key", KEYS)
def test_laid_out_it_names_the_school_and_leaves_no_place_open(key: str) -> None:
    outline = laid(key)

    said = repr(outline)
    assert "{school}" not in said
    assert "{years}" not in said
    assert "МБОУ «Берёзовая школа»" in str(outline.title)
    assert outline.organisation == "Учреждение МБОУ «Берёзовая школа»"
    assert {(stamp.person, stamp.date, stamp.number) for stamp in outline.approvals} <= {(None, None, None)}


@pytest.mark.parametrize("key", KEYS)
def test_numbers_run_without_gaps(key: str) -> None:
    numbers = [int((one.number or "0").split(".")[-1]) for one in lines(laid(key))]

    assert [(before, number) for before, number in pairwise(numbers) if number not in {0, 1, before + 1}] == []


@pytest.mark.parametrize("key", [key for key in KEYS if key != "teacher"])
def test_each_activity_has_a_term_and_someone_who_answers_for_it(key: str) -> None:
    for one in lines(laid(key)):
        assert (one.term.text != "", len(one.responsible.people) > 0) == (True, True), one.text


def test_the_teachers_model_has_neither_and_says_so() -> None:
    outline = laid("teacher")

    assert {(one.term.text, one.responsible.text) for one in lines(outline)} == {("", "")}
    assert [warning.code for warning in outline.warnings] == ["no_terms"]


# ---------------------------------------------------------------- at home in any year


def test_begun_in_june_the_student_model_has_the_months_of_its_paper() -> None:
    terms = {one.number: one.term.text for one in lines(laid("student", starts_on=date(2027, 6, 1)))}

    assert [terms[number] for number in ("1", "2", "17", "24", "33")] == [
        "Июнь 2027",
        "Июнь – август 2027",
        "Октябрь 2027",
        "Октябрь 2027 – май 2028",
        "Май – июнь 2028",
    ]


def test_begun_later_it_moves_closer_and_ends_with_the_school_year() -> None:
    outline = laid("student", starts_on=date(2027, 9, 1))

    terms = {one.number: one.term.text for one in lines(outline)}
    assert outline.period == (date(2027, 9, 1), date(2028, 6, 30))
    assert [terms[number] for number in ("1", "2", "17", "24", "33")] == [
        "Сентябрь 2027",
        "Сентябрь – октябрь 2027",
        "Декабрь 2027",
        "Декабрь 2027 – май 2028",
        "Май – июнь 2028",
    ]


def test_begun_earlier_it_spreads_and_ends_with_the_school_year() -> None:
    outline = laid("kindergarten", starts_on=date(2027, 6, 1))

    assert outline.period == (date(2027, 6, 1), date(2028, 5, 31))
    assert list(dict.fromkeys(one.term.text for one in lines(outline) if one.term.windows)) == [
        "Июнь 2027",
        "Август 2027",
        "В течение всего периода",
        "Май 2028",
    ]


def test_of_three_years_only_the_first_is_short() -> None:
    outline = laid("gifted", starts_on=date(2027, 11, 1))

    assert lines(outline)[0].term.text == "Ноябрь 2027; сентябрь 2028, 2029"
    assert outline.period == (date(2027, 11, 1), date(2030, 6, 30))


def test_february_ends_as_its_year_has_it() -> None:
    (meeting,) = (one for one in lines(laid("gifted", starts_on=date(2026, 9, 1))) if one.number == "6.3")

    assert [last for _, last in meeting.term.windows] == [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)]


FIRST_MONTHS = st.builds(date, st.integers(2000, 2090), st.integers(1, 12), st.just(1))


@given(template=st.sampled_from(templates()), starts_on=FIRST_MONTHS)
def test_whatever_month_it_begins_in_terms_and_days_agree_and_keep_their_order(
    template: Template, starts_on: date
) -> None:
    outline = lay_out(template, school="Школа", organisation="Школа", starts_on=starts_on)

    assert outline.period is not None
    first_day, last_day = outline.period
    activities = [one for stage in template.stages for one in stage.activities]
    dated = [(plan, one.term) for plan, one in zip(activities, lines(outline), strict=True) if plan.months]
    assert first_day == starts_on
    assert not dated or min(term.windows[0][0] for _, term in dated) == starts_on
    for _, term in dated:
        assert term.text == term_text(term.windows)
        assert read_term(term.text, period=outline.period).windows == term.windows
        assert (term.warnings, len(term.windows)) == ((), template.years)
        assert all(first_day <= first <= last <= last_day for first, last in term.windows)
        assert all(first.day == 1 and (last + timedelta(days=1)).day == 1 for first, last in term.windows)
    for one, term in dated:
        for other, later in dated:
            if one.months and other.months and one.months[0] <= other.months[0]:
                assert term.windows[0][0] <= later.windows[0][0]


# ---------------------------------------------------------------- a programme moved on


DAYS = st.dates(date(2001, 1, 1), date(2080, 12, 31))


@given(day=DAYS, years=st.integers(1, 10), length=st.integers(0, 400))
def test_moved_days_stay_in_order_and_in_their_months(day: date, years: int, length: int) -> None:
    window = day, day + timedelta(days=length)

    first, last = move_window(window, years)

    assert first <= last
    assert [(one.year, one.month) for one in (first, last)] == [(one.year + years, one.month) for one in window]
    assert read_term(render_windows([(first, last)])).windows == ((first, last),)


@pytest.mark.parametrize(
    ("window", "moved"),
    [
        ((date(2027, 2, 1), date(2027, 2, 28)), (date(2028, 2, 1), date(2028, 2, 29))),
        ((date(2028, 2, 1), date(2028, 2, 29)), (date(2029, 2, 1), date(2029, 2, 28))),
        ((date(2028, 2, 29), date(2028, 2, 29)), (date(2029, 2, 28), date(2029, 2, 28))),
        ((date(2027, 2, 28), date(2027, 2, 28)), (date(2028, 2, 28), date(2028, 2, 28))),
        ((date(2026, 10, 1), date(2027, 5, 31)), (date(2027, 10, 1), date(2028, 5, 31))),
    ],
    ids=["into a leap year", "out of one", "its day", "a day in February", "over the new year"],
)
def test_months_keep_their_length_and_days_their_date(window: Any, moved: Any) -> None:
    assert move_window(window, 1) == moved


def test_words_without_a_year_are_understood_anew() -> None:
    period = date(2026, 9, 1), date(2027, 5, 31)
    fridays = read_term("каждую пятницу", period=period)

    term = move_term("каждую пятницу", fridays.windows, period=period, years=1)

    assert term == read_term("каждую пятницу", period=(date(2027, 9, 1), date(2028, 5, 31)))


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("на 2026-2027 учебный год", "на 2027-2028 учебный год"),
        ("на 2026/27 учебный год", "на 2027/28 учебный год"),
        ("2026 – 2027", "2027 – 2028"),
        ("приказ от 25.12.2019 № 145", "приказ от 25.12.2019 № 145"),
        ("Концепция на 2020-2030 годы", "Концепция на 2020-2030 годы"),
        ("в 2026 году", "в 2026 году"),
    ],
)
def test_only_the_years_of_the_programme_itself_move_in_a_text(text: str, moved: str) -> None:
    assert move_years(text, period=(date(2026, 9, 1), date(2027, 8, 31)), years=1) == moved


@pytest.mark.parametrize(
    ("period", "today", "years"),
    [
        ((date(2026, 9, 1), date(2027, 5, 31)), date(2026, 11, 1), 1),
        ((date(2026, 9, 1), date(2027, 5, 31)), date(2027, 6, 10), 1),
        ((date(2023, 6, 1), date(2024, 6, 30)), date(2026, 11, 1), 3),
        ((date(2021, 9, 1), date(2024, 6, 30)), date(2023, 11, 1), 3),
        ((date(2021, 9, 1), date(2024, 6, 30)), date(2026, 11, 1), 5),
    ],
    ids=["under way", "just over", "long over", "of three years", "of three years, long over"],
)
def test_the_next_programme_begins_after_this_one_and_not_in_the_past(period: Any, today: date, years: int) -> None:
    assert years_on(period, today) == years


def test_each_cycle_of_a_template_gets_its_own_time() -> None:
    outline = laid("gifted", starts_on=date(2027, 9, 1))

    assert outline.period
    spans = cycle_spans(*outline.period)
    assert {tuple(place for place, _ in windows_by_cycle(one.term.windows, spans)) for one in lines(outline)} == {
        (0, 1, 2)
    }
