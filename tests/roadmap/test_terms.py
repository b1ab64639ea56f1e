"""The term grammar: every way of writing a term that was seen, and what each means."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap.terms import KINDS, Window, read_term, render_windows
from roadmap.terms.vocabulary import FORMS, LEXICON


def days(text: str) -> tuple[Window, ...]:
    """«2023-06..2023-08 2024-05-03» as windows: months are whole, a single day or month is its own window."""
    windows = []
    for stretch in text.split():
        first, _, last = stretch.partition("..")
        windows.append((_first_day(first), _last_day(last or first)))
    return tuple(windows)


def _first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def _last_day(text: str) -> date:
    if len(text) > 7:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, monthrange(year, month)[1])


(SCHOOL_YEAR,) = days("2023-09..2024-08")
THREE_YEARS = (date(2021, 9, 1), date(2024, 8, 31))


SEED_TERMS = [
    ("Июнь 2023", "month", "2023-06"),
    ("Сентябрь 2023", "month", "2023-09"),
    ("Октябрь 2023", "month", "2023-10"),
    ("Октябрь  2023", "month", "2023-10"),
    ("Май 2024", "month", "2024-05"),
    ("Июнь 2024", "month", "2024-06"),
    ("Июнь – август 2023", "range", "2023-06..2023-08"),
    ("Август – сентябрь 2023", "range", "2023-08..2023-09"),
    ("Сентябрь – октябрь 2023", "range", "2023-09..2023-10"),
    ("Май – июнь 2024", "range", "2024-05..2024-06"),
    ("Октябрь 2023 – май 2024", "range", "2023-10..2024-05"),
    ("Сентябрь 2021, 2022, 2023", "years", "2021-09 2022-09 2023-09"),
    ("Октябрь 2021, 2022, 2023", "years", "2021-10 2022-10 2023-10"),
    ("Ноябрь 2021, 2022, 2023", "years", "2021-11 2022-11 2023-11"),
    ("Декабрь 2021, 2022, 2023", "years", "2021-12 2022-12 2023-12"),
    ("Январь 2022. 2023, 2024", "years", "2022-01 2023-01 2024-01"),
    ("Февраль 2022. 2023, 2024", "years", "2022-02 2023-02 2024-02"),
    ("Май 2022, 2023, 2024", "years", "2022-05 2023-05 2024-05"),
    ("Июнь 2022, 2023, 2024", "years", "2022-06 2023-06 2024-06"),
    ("апрель 2022, 2023, 2024", "years", "2022-04 2023-04 2024-04"),
    ("Февраль- май 2022", "range", "2022-02..2022-05"),
    ("Февраль- май 2022, 2023, 2024", "years", "2022-02..2022-05 2023-02..2023-05 2024-02..2024-05"),
    ("Апрель - Май 2022, 2023, 2024", "years", "2022-04..2022-05 2023-04..2023-05 2024-04..2024-05"),
    ("Май- Июнь 2022, 2023, 2024", "years", "2022-05..2022-06 2023-05..2023-06 2024-05..2024-06"),
    ("В течении 2021, 2022, 2023 года", "years", "2021-01..2021-12 2022-01..2022-12 2023-01..2023-12"),
    ("Август 2024", "month", "2024-08"),
    ("Сентябрь 2024г.", "month", "2024-09"),
    ("Октябрь 2024г.", "month", "2024-10"),
    ("Октябрь 2021г.", "month", "2021-10"),
    ("Ноябрь 2024г.", "month", "2024-11"),
    ("Декабрь 2024г.", "month", "2024-12"),
    ("Февраль 2025г.", "month", "2025-02"),
    ("Март 2025г.", "month", "2025-03"),
    ("Апрель 2025г.", "month", "2025-04"),
    ("Май 2025г.", "month", "2025-05"),
    ("Июнь 2025г.", "month", "2025-06"),
    ("Август 2025г.", "month", "2025-08"),
    ("Май 2025г", "month", "2025-05"),
    ("Май 2023", "month", "2023-05"),
    ("Май 2022", "month", "2022-05"),
    ("", "none", ""),
]

OTHER_SCHOOLS = [
    ("Февраль 2022", "month", "2022-02"),
    ("(сентябрь 2022 г. - май 2024 г.)", "range", "2022-09..2024-05"),
    ("на 2021-2024 г.г.", "years", "2021-01..2021-12 2022-01..2022-12 2023-01..2023-12 2024-01..2024-12"),
    ("на 2020 – 2024 учебный год", "school_year", "2020-09..2024-08"),
    ("в 2023-2024 годах", "years", "2023-01..2023-12 2024-01..2024-12"),
    ("в срок до 31 марта 2022 года", "deadline", "2022-03-31"),
    ("31. 03. 22 г.", "deadline", "2022-03-31"),
    ("от «31» 08. 2020 г.", "deadline", "2020-08-31"),
    ("от 13.09.2021г.", "deadline", "2021-09-13"),
]

MORE = [
    # school years
    ("2024-2025 учебный год", "school_year", "2024-09..2025-08"),
    ("В течение 2024-2025 учебного года", "school_year", "2024-09..2025-08"),
    ("учебный год 2024-2025", "school_year", "2024-09..2025-08"),
    ("2024/25 уч. г.", "school_year", "2024-09..2025-08"),
    ("2024-25 уч.год", "school_year", "2024-09..2025-08"),
    ("2021-2022, 2022-2023 учебные годы", "school_year", "2021-09..2022-08 2022-09..2023-08"),
    ("по плану на 2023-2024 учебный год", "school_year", "2023-09..2024-08"),
    ("сентябрь – май 2023-2024 учебного года", "range", "2023-09..2024-05"),
    ("сентябрь 2023/2024 уч. года", "month", "2023-09"),
    ("2023-2024 учебный год, сентябрь, май", "range", "2023-09 2024-05"),
    ("2023 год: сентябрь, октябрь", "range", "2023-09 2023-10"),
    # quarters, half-years, seasons
    ("I квартал 2024", "range", "2024-01..2024-03"),
    ("3 квартал 2024 г.", "range", "2024-07..2024-09"),
    ("во II-м кв. 2024 года", "range", "2024-04..2024-06"),
    ("I–III кварталы 2024", "range", "2024-01..2024-09"),
    ("IV квартал 2023 – II квартал 2024", "range", "2023-10..2024-06"),
    ("первое полугодие 2023-2024 учебного года", "range", "2023-09..2023-12"),
    ("2-е полугодие 2023-2024 учебного года", "range", "2024-01..2024-05"),
    ("первая половина 2023-2024 учебного года", "range", "2023-09..2023-12"),
    ("весна 2024", "range", "2024-03..2024-05"),
    ("осенью 2023 года", "range", "2023-09..2023-11"),
    # parts of a month
    ("1–2 неделя сентября 2023", "range", "2023-09-01..2023-09-14"),
    ("третья неделя сентября 2023", "range", "2023-09-15..2023-09-21"),
    ("5 неделя октября 2023", "range", "2023-10-29..2023-10-31"),
    ("последняя неделя мая 2024", "range", "2024-05-25..2024-05-31"),
    ("1-я, 3-я недели октября 2023", "range", "2023-10-01..2023-10-07 2023-10-15..2023-10-21"),
    ("вторая декада октября 2023", "range", "2023-10-11..2023-10-20"),
    ("первая половина февраля 2024", "range", "2024-02-01..2024-02-15"),
    ("вторая половина февраля 2024", "range", "2024-02-16..2024-02-29"),
    ("конец мая – начало июня 2024", "range", "2024-05-21..2024-06-10"),
    ("конец 2023 года", "range", "2023-12"),
    ("в начале 2023-2024 учебного года", "range", "2023-09"),
    # lists
    ("сентябрь, октябрь 2023", "range", "2023-09 2023-10"),
    ("в сентябре и мае 2023 года", "range", "2023-05 2023-09"),
    ("сентябрь 2023; май 2024", "range", "2023-09 2024-05"),
    ("Сентябрь-октябрь 2021, 2022; май 2022", "years", "2021-09..2021-10 2022-05 2022-09..2022-10"),
    ("февраль, май 2022, 2023", "years", "2022-02 2022-05 2023-02 2023-05"),
    ("Май 2024, май 2024", "range", "2024-05"),
    # days
    ("5 октября 2023", "deadline", "2023-10-05"),
    ("05.10.2023", "deadline", "2023-10-05"),
    ("2023-10-05", "deadline", "2023-10-05"),
    ("05/10/23", "deadline", "2023-10-05"),
    ("1. сентября 2023", "deadline", "2023-09-01"),
    ("с 5 по 20 октября 2023", "range", "2023-10-05..2023-10-20"),
    ("с 5-го по 20-е октября 2023", "range", "2023-10-05..2023-10-20"),
    ("05.10.2023 – 20.10.2023", "range", "2023-10-05..2023-10-20"),
    ("05.10 – 20.10.2023", "range", "2023-10-05..2023-10-20"),
    ("5-20.10.2023", "range", "2023-10-05..2023-10-20"),
    ("01.09.23-31.05.24", "range", "2023-09-01..2024-05-31"),
    ("09.2023 – 05.2024", "range", "2023-09..2024-05"),
    ("2023-10-05 – 2023-10-20", "range", "2023-10-05..2023-10-20"),
    ("с 25 октября по 5 ноября 2023", "range", "2023-10-25..2023-11-05"),
    ("в период с 1 по 10 октября 2023 года", "range", "2023-10-01..2023-10-10"),
    ("5, 12 и 19 октября 2023", "range", "2023-10-05 2023-10-12 2023-10-19"),
    ("до 20 октября 2023 включительно", "deadline", "2023-10-20"),
    ("не позднее 3 мая 2024", "deadline", "2024-05-03"),
    ("к 1 сентября 2023 г.", "deadline", "2023-09-01"),
    ("до конца мая 2024", "deadline", "2024-05-31"),
    ("до начала 2023-2024 учебного года", "deadline", "2023-09-01"),
    ("до начала учебного года 2023-2024", "deadline", "2023-09-01"),
    ("до 1 октября 2021, 2022", "deadline", "2021-10-01 2022-10-01"),
    # ranges over the new year with both years
    ("сентябрь 2023 – май", "range", "2023-09..2024-05"),
    ("октябрь – май 2023-2024", "range", "2023-10..2024-05"),
    ("сентябрь 2021 – май 2022, 2023", "years", "2021-09..2022-05 2022-09..2023-05"),
    ("с сентября 2023 г. по май 2024 г.", "range", "2023-09..2024-05"),
    (
        "сентябрь 2021, 2022 – май 2022, 2023",
        "years",
        "2021-09..2022-05 2022-09..2023-05",
    ),
    ("2021 -- 2022 гг.", "years", "2021-01..2021-12 2022-01..2022-12"),
    ("с 2021 по 2022 год", "years", "2021-01..2021-12 2022-01..2022-12"),
    ("сентябрь 2021-2023 гг.", "years", "2021-09 2022-09 2023-09"),
    # other handwriting
    ("СЕНТЯБРЬ  2024Г.", "month", "2024-09"),
    ("Сентября 2024 года", "month", "2024-09"),
    ("сент. 2023", "month", "2023-09"),
    ("окт 2023", "month", "2023-10"),
    ("сентябрь месяц 2023", "month", "2023-09"),
    ("май 24 г.", "month", "2024-05"),
    ("май\u00a02024\u202fг.", "month", "2024-05"),
    ("маи\u0306 2024", "month", "2024-05"),
    ("сентябрь, 2023", "month", "2023-09"),
    ("Сентябрь (2021, 2022)", "years", "2021-09 2022-09"),
    ("Сентябрь 2021 2022", "years", "2021-09 2022-09"),
    ("авг\u00adуст 2024", "month", "2024-08"),
    ("Сен- тябрь 2023", "month", "2023-09"),
    ("1) Сентябрь 2023", "month", "2023-09"),
    ("1. Сентябрь 2023", "month", "2023-09"),
    ("- Сентябрь 2023", "month", "2023-09"),
    ("Срок реализации: сентябрь 2023 – май 2024", "range", "2023-09..2024-05"),
    ("Октябрь 2023 (по графику)", "month", "2023-10"),
    ("октябрь 2023 – по графику", "month", "2023-10"),
    ("–", "none", ""),
]


@pytest.mark.parametrize(("text", "kind", "windows"), SEED_TERMS + OTHER_SCHOOLS + MORE)
def test_a_term_with_its_years_means_these_days(text, kind, windows):
    term = read_term(text)

    assert (term.text, term.kind, term.windows, term.recurrence, term.warnings) == (text, kind, days(windows), None, ())


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
def test_any_dash_joins_two_months(dash):
    assert read_term(f"Июнь {dash} август 2023").windows == days("2023-06..2023-08")


WITH_PERIOD = [
    ("В течение года", "school_year", "2023-09..2024-08"),
    ("в течение учебного года", "school_year", "2023-09..2024-08"),
    ("В течении текущего учебного года", "school_year", "2023-09..2024-08"),
    ("В течение всего периода", "whole_period", "2023-09..2024-08"),
    ("в течение срока реализации программы", "whole_period", "2023-09..2024-08"),
    ("постоянно", "whole_period", "2023-09..2024-08"),
    ("Сентябрь", "month", "2023-09"),
    ("июль", "month", "2024-07"),
    ("октябрь текущего года", "month", "2023-10"),
    ("октябрь – май", "range", "2023-10..2024-05"),
    ("с сентября по май", "range", "2023-09..2024-05"),
    ("сентябрь и май", "range", "2023-09 2024-05"),
    ("5-20 октября", "range", "2023-10-05..2023-10-20"),
    ("до 15 января", "deadline", "2024-01-15"),
    ("29 февраля", "deadline", "2024-02-29"),
    ("до конца учебного года", "deadline", "2024-05-31"),
    ("1 квартал", "range", "2024-01..2024-03"),
    ("II полугодие", "range", "2024-01..2024-05"),
    ("зима", "range", "2023-12..2024-02"),
    ("с октября 2023", "range", "2023-10..2024-08"),
    ("не ранее 15 мая", "range", "2024-05-15..2024-08-31"),
]


@pytest.mark.parametrize(("text", "kind", "windows"), WITH_PERIOD)
def test_the_plans_period_gives_the_year_that_is_not_written(text, kind, windows):
    term = read_term(text, period=SCHOOL_YEAR)

    assert (term.kind, term.windows, term.warnings) == (kind, days(windows), ())


@pytest.mark.parametrize(
    ("text", "kind", "windows"),
    [
        ("Сентябрь", "years", "2021-09 2022-09 2023-09"),
        ("сентябрь – май", "years", "2021-09..2022-05 2022-09..2023-05 2023-09..2024-05"),
        ("до 15 мая", "deadline", "2022-05-15 2023-05-15 2024-05-15"),
    ],
)
def test_in_a_plan_of_several_years_a_month_without_a_year_is_meant_in_each(text, kind, windows):
    term = read_term(text, period=THREE_YEARS)

    assert (term.kind, term.windows, term.warnings) == (kind, days(windows), ())


@pytest.mark.parametrize(
    ("text", "rule", "windows"),
    [
        ("Ежегодно", "FREQ=YEARLY", "2021-09..2024-08"),
        ("раз в год", "FREQ=YEARLY", "2021-09..2024-08"),
        ("ежемесячно", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("раз в месяц", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("не реже одного раза в месяц", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("каждый месяц", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("ежемесячно до 10 числа", "FREQ=MONTHLY;BYMONTHDAY=10", "2021-09..2024-08"),
        ("2 раза в месяц", "FREQ=WEEKLY;INTERVAL=2", "2021-09..2024-08"),
        ("раз в 2 месяца", "FREQ=MONTHLY;INTERVAL=2", "2021-09..2024-08"),
        ("ежеквартально", "FREQ=MONTHLY;INTERVAL=3", "2021-09..2024-08"),
        ("2 раза в год", "FREQ=MONTHLY;INTERVAL=6", "2021-09..2024-08"),
        ("дважды в год", "FREQ=MONTHLY;INTERVAL=6", "2021-09..2024-08"),
        ("5 раз в год", "FREQ=YEARLY", "2021-09..2024-08"),
        ("1 раз в четверть", "FREQ=YEARLY;BYMONTH=1,4,9,11", "2021-09..2024-08"),
        ("в конце каждой четверти", "FREQ=YEARLY;BYMONTH=1,4,9,11", "2021-09..2024-08"),
        ("1 раз в полугодие", "FREQ=YEARLY;BYMONTH=1,9", "2021-09..2024-08"),
        ("ежедневно", "FREQ=DAILY", "2021-09..2024-08"),
        ("еженедельно", "FREQ=WEEKLY", "2021-09..2024-08"),
        ("каждые две недели", "FREQ=WEEKLY;INTERVAL=2", "2021-09..2024-08"),
        ("каждую пятницу", "FREQ=WEEKLY;BYDAY=FR", "2021-09..2024-08"),
        ("каждую вторую пятницу", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2021-09..2024-08"),
        ("раз в 2 года", "FREQ=YEARLY;INTERVAL=2", "2021-09..2024-08"),
        ("раз в месяц, октябрь 2023", "FREQ=MONTHLY", "2023-10"),
        ("1-2 раза в месяц", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("по пятницам, еженедельно", "FREQ=WEEKLY;BYDAY=FR", "2021-09..2024-08"),
        ("раз в месяц, ежегодно", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("еженедельно, по пятницам", "FREQ=WEEKLY;BYDAY=FR", "2021-09..2024-08"),
        ("по четвергам и вторникам", "FREQ=WEEKLY;BYDAY=TU,TH", "2021-09..2024-08"),
        ("каждый первый понедельник месяца", "FREQ=MONTHLY;BYDAY=1MO", "2021-09..2024-08"),
        ("последняя пятница каждого месяца", "FREQ=MONTHLY;BYDAY=-1FR", "2021-09..2024-08"),
        ("ежемесячно в течение учебного года", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("по графику, раз в месяц", "FREQ=MONTHLY", "2021-09..2024-08"),
        ("ежегодно в сентябре", "FREQ=YEARLY;BYMONTH=9", "2021-09 2022-09 2023-09"),
        ("каждый сентябрь", "FREQ=YEARLY;BYMONTH=9", "2021-09 2022-09 2023-09"),
        ("сентябрь, ежегодно", "FREQ=YEARLY;BYMONTH=9", "2021-09 2022-09 2023-09"),
        ("2 раза в год (сентябрь, май)", "FREQ=YEARLY;BYMONTH=5,9", "2021-09 2022-05 2022-09 2023-05 2023-09 2024-05"),
        ("ежегодно до 31 мая", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31", "2022-05-31 2023-05-31 2024-05-31"),
        (
            "ежегодно с 1 по 15 мая",
            "FREQ=YEARLY",
            "2022-05-01..2022-05-15 2023-05-01..2023-05-15 2024-05-01..2024-05-15",
        ),
        ("ежемесячно с октября 2023 по май 2024", "FREQ=MONTHLY", "2023-10..2024-05"),
        ("каждую пятницу октября 2023 года", "FREQ=WEEKLY;BYDAY=FR", "2023-10"),
        ("Октябрь 2023, далее ежемесячно", "FREQ=MONTHLY", "2023-10"),
        ("ежегодно, сентябрь 2022, 2023", "FREQ=YEARLY;BYMONTH=9", "2022-09 2023-09"),
    ],
)
def test_what_repeats_has_a_rule_and_keeps_to_its_days_or_the_period(text, rule, windows):
    term = read_term(text, period=THREE_YEARS)

    assert (term.kind, term.recurrence, term.windows, term.warnings) == ("recurring", rule, days(windows), ())
    assert rrulestr(rule, dtstart=THREE_YEARS[0])


@pytest.mark.parametrize(
    ("text", "kind", "code", "quote"),
    [
        ("чепуха", "none", "unknown_term", "чепуха"),
        ("приказ от 05.09.2023", "none", "unknown_term", "приказ от 05.09.2023"),
        ("в течение 10 дней", "none", "unknown_term", "в течение 10 дней"),
        ("3 раза", "none", "unknown_term", "3 раза"),
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


def test_school_terms_come_from_the_schools_calendar():
    calendar = {1: (date(2023, 9, 1), date(2023, 10, 27)), 2: (date(2023, 11, 6), date(2023, 12, 29))}

    one, both = (read_term(text, calendar=calendar) for text in ("1 четверть", "I–II четверть"))

    assert (one.kind, one.windows, one.warnings) == ("range", days("2023-09-01..2023-10-27"), ())
    assert (both.kind, both.windows, both.warnings) == ("range", days("2023-09-01..2023-12-29"), ())


def test_no_form_of_a_word_is_written_down_twice():
    assert len(LEXICON) == sum(len(forms.split()) for forms in FORMS.values())


WORDS = st.sampled_from(
    [*LEXICON, *"-–,;./()«»", "2023", "2024", "0000", "9999", "5", "31", "05.10.2023", "чепуха", "\n"]
)
"""Words of the grammar in any order: much nearer to terms than letters are."""

TEXTS = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)
)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
SCHOOL_DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


def windows_of(any_day: st.SearchStrategy[date]) -> st.SearchStrategy[Window]:
    return st.tuples(any_day, any_day).map(lambda pair: (min(pair), max(pair)))


WHOLE_MONTHS = windows_of(SCHOOL_DAYS).map(
    lambda window: (window[0].replace(day=1), window[1].replace(day=monthrange(window[1].year, window[1].month)[1]))
)
REPEATED = st.tuples(WHOLE_MONTHS | windows_of(SCHOOL_DAYS), st.integers(1, 3)).map(
    lambda made: [(made[0][0] + timedelta(days=365 * n), made[0][1] + timedelta(days=365 * n)) for n in range(made[1])]
)
WINDOW = st.one_of(windows_of(DAYS), windows_of(SCHOOL_DAYS), WHOLE_MONTHS, SCHOOL_DAYS.map(lambda day: (day, day)))
WINDOWS = st.lists(st.lists(WINDOW, max_size=8) | REPEATED, max_size=3).map(
    lambda lists: tuple(sorted({window for windows in lists for window in windows}))
)


@given(text=TEXTS, period=st.none() | windows_of(SCHOOL_DAYS))
@example(text="сентябрь 9999 – май", period=None)
@example(text="9999 учебный год", period=None)
@example(text="сентябрь – май", period=(date(1, 1, 1), date(2, 12, 31)))
@example(text="сентябрь – май", period=(date(9999, 1, 1), date(9999, 12, 31)))
@example(text="5 раз в 0 недель", period=None)
@example(text="9" * 1999, period=None)
def test_any_text_is_read_to_valid_windows_or_a_warning(text, period):
    term = read_term(text, period=period)

    assert term.text == text
    assert term.kind in KINDS
    assert list(term.windows) == sorted(set(term.windows))
    assert all(first <= last for first, last in term.windows)
    assert term.windows or term.warnings or not any(sign.isalnum() for sign in text)
    assert term.recurrence is None or rrulestr(term.recurrence, dtstart=date(2024, 1, 1))


@given(windows=WINDOWS)
def test_windows_written_as_a_term_read_back_to_the_same_windows(windows):
    assert read_term(render_windows(windows)).windows == windows


@given(text=TEXTS, period=windows_of(SCHOOL_DAYS))
def test_a_term_read_and_written_again_means_the_same(text, period):
    term = read_term(text, period=period)

    assert read_term(render_windows(term.windows)).windows == term.windows


@pytest.mark.parametrize(
    ("windows", "text"),
    [
        ("", ""),
        ("2023-09", "сентябрь 2023"),
        ("2024-02", "февраль 2024"),
        ("2023-06..2023-08", "июнь – август 2023"),
        ("2023-10..2024-05", "октябрь 2023 – май 2024"),
        ("2021-09 2022-09 2023-09", "сентябрь 2021, 2022, 2023"),
        ("2023-09 2024-05", "сентябрь 2023; май 2024"),
        ("2023-10-05", "5 октября 2023"),
        ("2023-10-05..2023-10-20", "с 5 по 20 октября 2023"),
        ("2023-10-25..2023-11-05", "с 25 октября по 5 ноября 2023"),
        ("2023-12-25..2024-01-08", "с 25 декабря 2023 по 8 января 2024"),
        ("2023-01..2023-12", "2023 год"),
        ("2022-01..2022-12 2023-01..2023-12", "2022, 2023 годы"),
        ("2023-09..2024-08", "2023–2024 учебный год"),
        ("2020-09..2024-08", "сентябрь 2020 – август 2024"),
    ],
)
def test_windows_are_written_as_a_school_would(windows, text):
    assert render_windows(days(windows)) == text
