"""The command that prints what a term means."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("term_read", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_json_is_the_whole_term():
    code, out, err = run("Май- Июнь 2022, 2023", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "text": "Май- Июнь 2022, 2023",
        "kind": "years",
        "windows": [["2022-05-01", "2022-06-30"], ["2023-05-01", "2023-06-30"]],
        "recurrence": None,
        "warnings": [],
    }


def test_a_warning_says_where_and_what():
    _, out, _ = run("Май 2022", "--period", "2023-09-01", "2024-05-31", "--json")

    assert json.loads(out)["warnings"] == [
        {
            "code": "outside_period",
            "where": 1,
            "quote": "Май 2022",
            "text": "Вне срока плана (сентябрь 2023 – май 2024): май 2022. Проверьте год.",
        }
    ]


def test_the_period_gives_the_year():
    _, out, _ = run("ежегодно в сентябре", "--period", "2021-09-01", "2023-08-31", "--json")

    term = json.loads(out)
    assert term["windows"] == [["2021-09-01", "2021-09-30"], ["2022-09-01", "2022-09-30"]]
    assert term["recurrence"] == "FREQ=YEARLY;BYMONTH=9"


def test_without_json_a_line_for_people_and_one_for_each_warning():
    code, out, _ = run("чепуха")

    assert code == 0
    assert out.splitlines()[1:] == ["Срок не распознан: «чепуха». Поставьте даты вручную."]
    assert run("Июнь 2023")[1].rstrip().endswith(" · июнь 2023")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("2023-13-01", "2024-05-31"), "Срок – это две даты, например 2024-09-01 2025-08-31."),
        (("сентябрь", "май"), "Срок – это две даты, например 2024-09-01 2025-08-31."),
        (("2024-05-31", "2023-09-01"), "Конец срока раньше его начала."),
    ],
)
def test_a_period_that_is_none_is_refused_with_one_sentence(days, sentence):
    assert run("Май 2024", "--period", *days) == (2, "", f"{sentence}\n")


def test_bytes_that_are_no_letters_are_printed_all_the_same():
    _, out, _ = run("май 2024 \udcff", "--json")

    assert json.loads(out)["text"] == "май 2024 �"
