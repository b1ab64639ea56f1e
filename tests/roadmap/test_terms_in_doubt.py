"""The term grammar: what cannot be dated, is doubtful or misspelt, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap.terms import read_term
from tests.roadmap.days import SCHOOL_YEAR, days


@pytest.mark.parametrize(
    ("text", "kind", "code", "quote"),
    [
        ("чепуха", "none", "unknown_term", "чепуха"),
        ("приказ от 05.09.2023", "none", "unknown_term", "приказ от 05.09.2023"),
        ("в течение 10 дней", "none", "unknown_term", "в течение 10 дней"),
        ("3 раза", "none", "unknown_term", "3 раза"),
        ("в течение 2 недель", "none", "unknown_term", "в течение 2 недель"),
        ("после издания приказа", "none", "after_event", "после издания приказа"),
        ("По окончании групповой встречи", "none", "after_event", "По окончании групповой встречи"),
        ("ко Дню учителя", "none", "named_day", "ко Дню учителя"),
        ("осенние каникулы", "none", "named_day", "осенние каникулы"),
        ("первая декада", "none", "no_month", "первая декада"),
        ("1–2 неделя", "none", "no_month", "1–2 неделя"),
        ("2.5", "none", "unknown_term", "2.5"),
        ("0 октября 2023", "none", "unknown_term", "0 октября 2023"),
        ("слово " * 400, "none", "too_long", ("слово " * 14)[:79] + "…"),
        ("Сентябрь", "month", "no_year", "Сентябрь"),
        ("ежегодно в сентябре", "recurring", "no_year", "в сентябре"),
        ("В течение года", "school_year", "no_period", "В течение года"),
        ("В течение всего периода", "whole_period", "no_period", "В течение всего периода"),
        ("Ежегодно", "recurring", "no_period", "Ежегодно"),
        ("По графику", "schedule", "no_date", "По графику"),
        ("согласно плану работы школы", "schedule", "no_date", "согласно плану работы школы"),
        ("согласно плану-графику", "schedule", "no_date", "согласно плану-графику"),
        ("по мере необходимости", "schedule", "no_date", "по мере необходимости"),
        ("1, 3 четверть", "range", "no_calendar", "1, 3 четверть"),
        ("30 февраля 2024", "deadline", "bad_date", "30 февраля 2024"),
        ("29 февраля 2023", "deadline", "bad_date", "29 февраля 2023"),
        ("31 сентября", "deadline", "bad_date", "31 сентября"),
        ("ежегодно 40 октября", "recurring", "bad_date", "40 октября"),
        ("05.13.2023", "deadline", "bad_date", "05.13.2023"),
        ("5 неделя февраля 2023", "range", "bad_date", "5 неделя февраля 2023"),
        ("с 20 по 5 октября 2023", "range", "end_before_start", "с 20 по 5 октября 2023"),
        ("май 2024 – октябрь 2023", "range", "end_before_start", "май 2024 – октябрь 2023"),
        ("2025-2024 учебный год", "school_year", "end_before_start", "2025-2024 учебный год"),
        ("2024-2021 годы", "years", "end_before_start", "2024-2021 годы"),
        ("2021-2201 годы", "years", "strange_year", "2021-2201 годы"),
        ("2001-2099 годы", "years", "strange_year", "2001-2099 годы"),
        ("сентябрь 2001-2099 учебный год", "month", "strange_year", "сентябрь 2001-2099 учебный год"),
    ],
)
def test_what_can_not_be_dated_has_no_windows_and_says_why(text, kind, code, quote):
    term = read_term(text)

    assert (term.kind, term.windows) == (kind, ())
    assert term.recurrence in {None, "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=9"}
    assert [(one.code, one.quote) for one in term.warnings] == [(code, quote)]


@pytest.mark.parametrize(
    ("text", "period", "windows", "code", "quote"),
    [
        ("Май 2023", SCHOOL_YEAR, "2023-05", "outside_period", "Май 2023"),
        ("Октябрь 2021г.", SCHOOL_YEAR, "2021-10", "outside_period", "Октябрь 2021г."),
        ("2024-2025 учебный год", SCHOOL_YEAR, "2024-09..2025-08", "outside_period", "2024-2025 учебный год"),
        ("сентябрь 2023 – июнь 2025", SCHOOL_YEAR, "2023-09..2025-06", "outside_period", "сентябрь 2023 – июнь 2025"),
        ("Май 2023", days("2023-09..2024-05")[0], "2023-05", "outside_period", "Май 2023"),
        ("сентябрь 2024", days("2023-09..2024-05")[0], "2024-09", "outside_period", "сентябрь 2024"),
        ("июль", days("2023-09..2024-05")[0], "2024-07", "year_guessed", "июль"),
        ("ноябрь – февраль 2024", None, "2023-11..2024-02", "crosses_year", "ноябрь – февраль 2024"),
        ("ноябрь – февраль 2024", SCHOOL_YEAR, "2023-11..2024-02", "crosses_year", "ноябрь – февраль 2024"),
        ("ноябрь – февраль 2023", SCHOOL_YEAR, "2023-11..2024-02", "crosses_year", "ноябрь – февраль 2023"),
        ("Июнь", days("2023-06..2024-06")[0], "2023-06", "year_guessed", "Июнь"),
        ("в течение 2024 учебного года", None, "2024-09..2025-08", "year_guessed", "в течение 2024 учебного года"),
        ("1 полугодие 2023", SCHOOL_YEAR, "2023-09..2023-12", "school_half_year", "1 полугодие 2023"),
        ("октябрь 2023, январь", None, "2023-10 2024-01", "year_guessed", "январь"),
        ("январь 2024, май", None, "2024-01 2024-05", "year_guessed", "май"),
        ("до мая 2024", None, "2024-05-31", "unclear_deadline", "до мая 2024"),
        ("с сентября 2023", None, "2023-09", "open_end", "с сентября 2023"),
        ("Сентябрь 2203", None, "2203-09", "strange_year", "Сентябрь 2203"),
        ("Сентябрь 2023, на педсовете", None, "2023-09", "partly_read", "на педсовете"),
    ],
)
def test_what_is_doubtful_keeps_its_days_and_is_flagged(text, period, windows, code, quote):
    term = read_term(text, period=period)

    assert term.windows == days(windows)
    assert [(one.code, one.quote) for one in term.warnings] == [(code, quote)]


def test_a_warning_is_a_russian_sentence():
    (warning,) = read_term("Май 2022", period=SCHOOL_YEAR).warnings

    assert warning.text == "Вне срока плана (2023–2024 учебный год): май 2022. Проверьте год."


def test_months_and_years_are_not_outside_a_period_that_begins_or_ends_within_them():
    period = (date(2023, 9, 5), date(2024, 5, 25))

    terms = [read_term(text, period=period) for text in ("Сентябрь 2023", "май", "2023-2024 учебный год", "2023 год")]

    assert [term.warnings for term in terms] == [(), (), (), ()]


def test_the_summers_around_a_school_year_belong_to_its_plan():
    period = (date(2023, 9, 1), date(2024, 5, 31))

    terms = [read_term(text, period=period) for text in ("до 30 августа 2023", "Июнь – август 2023", "Август 2024")]

    assert [term.warnings for term in terms] == [(), (), ()]


def test_29_february_is_found_in_the_next_year_that_has_one():
    term = read_term("29 февраля", period=days("2024-09..2025-08")[0])

    assert term.windows == days("2028-02-29")
    assert [one.code for one in term.warnings] == ["year_guessed", "outside_period"]


@pytest.mark.parametrize(
    ("text", "windows", "rest"),
    [
        ("5, 12 октября 2023 – 3 ноября 2023", "2023-10-05 2023-10-12", "3 ноября 2023"),
        ("сентябрь 2021, 2022 – май 2022", "2021-09 2022-09", "май 2022"),
    ],
)
def test_two_dates_that_a_dash_does_not_join_are_not_read_as_two_terms(text, windows, rest):
    term = read_term(text)

    assert (term.windows, [(one.code, one.quote) for one in term.warnings]) == (days(windows), [("partly_read", rest)])


@pytest.mark.parametrize(
    ("text", "month", "quote"),
    [
        ("сентябь 2023", "2023-09", "сентябь"),
        ("Снетябрь 2023", "2023-09", "Снетябрь"),
        ("Окябрь 2023", "2023-10", "Окябрь"),
        ("декабрря 2023", "2023-12", "декабрря"),
        ("Феварль 2024", "2024-02", "Феварль"),
        ("авгус 2023", "2023-08", "авгус"),
        ("июнл 2023", "2023-06", "июнл"),
    ],
)
def test_a_month_with_one_letter_wrong_is_read_and_flagged(text, month, quote):
    term = read_term(text)

    assert (term.kind, term.windows) == ("month", days(month))
    assert [(one.code, one.quote) for one in term.warnings] == [("misspelt", quote)]


@pytest.mark.parametrize("word", ["июкь", "карт", "сеньябр", "окт0брь", "дикабррь", "ябврь"])
def test_what_is_further_off_or_may_be_two_months_is_no_month(word):
    assert read_term(f"{word} 2023").windows == ()


def test_a_misspelt_month_ends_a_range():
    assert read_term("Сентябрь- октябьрь 2023").windows == days("2023-09..2023-10")
