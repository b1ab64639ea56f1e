"""`pairing_solve`: a file of scores in, the best pairs out."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.configuration import PROJECT
from pairing.matching import Aim, Instance
from pairing.matching.document import document_from_json, solution_as_json
from pairing.matching.solving import solve
from tests.pairing.instances import best_total, instances, table_of

ASKED: dict[str, Any] = {
    "mentors": [{"id": "petrova", "capacity": 2}, {"id": "ivanov", "capacity": 1}],
    "mentees": [{"id": 12}, {"id": 7}, {"id": 9}],
    "scores": [[90, 80], [70.5, None], [50, 40]],
    "locked": [[9, "ivanov"]],
    "banned": [[12, "ivanov"]],
    "aim": "total",
}


def written(path: Path, text: str) -> str:
    file = path / "instance.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


def answered(path: Path, asked: object) -> dict[str, Any]:
    said = io.StringIO()
    call_command("pairing_solve", written(path, json.dumps(asked)), "--json", stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def refused(path: Path, text: str) -> str:
    """The sentence; asserts that there is one alone, and nothing else."""
    out, said = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("pairing_solve", written(path, text), "--json", stdout=out, stderr=said)
    assert (stopped.value.code, out.getvalue(), said.getvalue().count("\n")) == (2, "", 1)
    return said.getvalue().strip()


def test_the_answer_has_exactly_the_published_shape(tmp_path: Path) -> None:
    answer = answered(tmp_path, ASKED)

    assert answer.pop("seconds") >= 0
    assert answer == {
        "pairs": [[7, "petrova"], [9, "ivanov"], [12, "petrova"]],
        "served": 3,
        "total": 200.5,
        "worst": 40,
        "bound": 200.5,
        "blocking": 0,
    }


def test_the_worst_pair_first_has_no_bound(tmp_path: Path) -> None:
    answer = answered(tmp_path, ASKED | {"scores": [[90, 50], [59, 20], [None, 0]], "locked": [], "aim": "worst_first"})

    assert (answer["served"], answer["bound"]) == (3, None)


def test_nobody_at_all_is_an_answer_too(tmp_path: Path) -> None:
    answer = answered(tmp_path, {"mentors": [], "mentees": [], "scores": []})

    assert answer.pop("seconds") >= 0
    assert answer == {"pairs": [], "served": 0, "total": 0, "worst": None, "bound": 0, "blocking": 0}


def test_locks_bans_and_the_aim_may_be_left_out(tmp_path: Path) -> None:
    asked = {name: ASKED[name] for name in ("mentors", "mentees", "scores")}

    assert answered(tmp_path, asked)["total"] == 200.5


def test_without_json_it_is_said_in_lines(tmp_path: Path) -> None:
    said = io.StringIO()

    call_command("pairing_solve", written(tmp_path, json.dumps(ASKED)), stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[:5] == ["7 – petrova", "9 – ivanov", "12 – petrova", "served: 3", "total: 200.5"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mentors": "petrova"}, "«mentors» – не список объектов с номерами (id)."),
        ({"mentees": [1, 2, 3]}, "«mentees» – не список объектов с номерами (id)."),
        ({"mentees": [{"id": 12}, {"id": 7}, {}]}, "В «mentees» есть номер (id), который не целое число и не строка."),
        (
            {"mentees": [{"id": 12}, {"id": 7}, {"id": True}]},
            "В «mentees» есть номер (id), который не целое число и не строка.",
        ),
        ({"mentees": [{"id": 12}, {"id": 7}, {"id": 7}]}, "Номер 7 встречается в «mentees» дважды."),
        (
            {"mentors": [{"id": "x", "capacity": 1}, {"id": "x", "capacity": 1}]},
            "Номер x встречается в «mentors» дважды.",
        ),
        (
            {"mentors": [{"id": "petrova", "capacity": -1}, {"id": "ivanov", "capacity": 1}]},
            "Число мест (capacity) у наставника petrova – не целое число от 0.",
        ),
        (
            {"mentors": [{"id": "petrova", "capacity": 1.5}, {"id": "ivanov", "capacity": 1}]},
            "Число мест (capacity) у наставника petrova – не целое число от 0.",
        ),
        (
            {"mentors": [{"id": "petrova"}, {"id": "ivanov", "capacity": 1}]},
            "Число мест (capacity) у наставника petrova – не целое число от 0.",
        ),
        (
            {"scores": [[90, 80], [70], [50, 40]]},
            "«scores» – не таблица, в которой строк 3, а чисел в каждой строке 2.",
        ),
        ({"scores": [[90, 80], [70, 1]]}, "«scores» – не таблица, в которой строк 3, а чисел в каждой строке 2."),
        ({"scores": None}, "«scores» – не таблица, в которой строк 3, а чисел в каждой строке 2."),
        (
            {"scores": [[90, 80], [70, float("nan")], [50, 40]]},
            "Один из баллов – не конечное число до 10¹² и не null.",
        ),
        (
            {"scores": [[90, 80], [70, float("inf")], [50, 40]]},
            "Один из баллов – не конечное число до 10¹² и не null.",
        ),
        ({"scores": [[90, 80], [70, "1"], [50, 40]]}, "Один из баллов – не конечное число до 10¹² и не null."),
        ({"scores": [[90, 80], [70, True], [50, 40]]}, "Один из баллов – не конечное число до 10¹² и не null."),
        ({"scores": [[90, 80], [70, 10**400], [50, 40]]}, "Один из баллов – не конечное число до 10¹² и не null."),
        ({"locked": [[5, "petrova"]]}, "В «locked» есть неизвестный номер 5."),
        ({"locked": [["12", "petrova"]]}, "В «locked» есть неизвестный номер 12."),
        ({"banned": [[12, "sidorov"]]}, "В «banned» есть неизвестный номер sidorov."),
        ({"banned": [[12]]}, "«banned» – не список пар из номера наставляемого и номера наставника."),
        (
            {"locked": {"12": "petrova"}},
            "«locked» – не список пар из номера наставляемого и номера наставника.",
        ),
        ({"banned": [[12.0, "petrova"]]}, "В «banned» есть номер (id), который не целое число и не строка."),
        ({"banned": [[9, "ivanov"]]}, "Пара 9 и ivanov и закреплена, и запрещена."),
        ({"locked": [[7, "ivanov"]]}, "Пара 7 и ivanov закреплена, хотя её балл – null."),
        ({"locked": [[9, "ivanov"], [9, "petrova"]]}, "Наставляемый 9 закреплён дважды."),
        ({"locked": [[9, "petrova"], [9, "petrova"]]}, "Наставляемый 9 закреплён дважды."),
        (
            {"locked": [[9, "ivanov"], [12, "ivanov"]], "banned": []},
            "За наставником ivanov закреплено больше пар, чем у него мест.",
        ),
        ({"aim": "best"}, "«aim» – не «total» и не «worst_first»."),
        ({"aim": None}, "«aim» – не «total» и не «worst_first»."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    assert refused(tmp_path, json.dumps(ASKED | change)) == sentence


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, '{"mentors": ', "\ufeff"])
def test_what_is_no_json_is_said_so(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text) == "Файл instance.json – не JSON."


@pytest.mark.parametrize("text", ["[]", "null", "12"])
def test_json_of_another_kind_is_said_so(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text) == (
        "В файле нет объекта с наставниками, наставляемыми и баллами (mentors, mentees, scores)."
    )


def test_bytes_that_are_no_text_are_no_json(tmp_path: Path) -> None:
    (tmp_path / "scan.json").write_bytes(b"\xff\xfe\x00\xd8")
    said = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("pairing_solve", str(tmp_path / "scan.json"), stderr=said)

    assert said.getvalue() == "Файл scan.json – не JSON.\n"


def json_of(instance: Instance, aim: Aim, order: random.Random) -> dict[str, Any]:
    """The instance with everything in some order; ids are numbers for mentees and words for mentors."""
    table = table_of(instance)
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    locked, banned = (
        [[mentee, f"m{mentor}"] for mentee, mentor in pairs] for pairs in (instance.locked, instance.banned)
    )
    for listed in (rows, columns, locked, banned):
        order.shuffle(listed)
    return {
        "mentors": [{"id": f"m{column}", "capacity": int(instance.capacities[column])} for column in columns],
        "mentees": [{"id": row} for row in rows],
        "scores": [[None if (score := table[row, column]) != score else score for column in columns] for row in rows],
        "locked": locked,
        "banned": banned,
        "aim": aim,
    }


@settings(max_examples=40, deadline=None)
@given(instances(most=6), st.sampled_from(Aim), st.randoms(use_true_random=False))
def test_the_order_in_which_people_come_does_not_matter(instance: Instance, aim: Aim, order: random.Random) -> None:
    documents = [document_from_json(json_of(instance, aim, order)) for _time in range(3)]
    answers = [solution_as_json(document, solve(document.instance, document.aim)) for document in documents]

    assert answers[0] == answers[1] == answers[2]
    assert aim is Aim.WORST_FIRST or (answers[0]["served"], answers[0]["total"]) == best_total(instance)


def test_the_real_command_answers_and_refuses(tmp_path: Path) -> None:
    env = os.environ | {"DATA_DIR": str(tmp_path), "ENV_FILE": os.devnull}
    command = [sys.executable, "manage.py", "pairing_solve", "--json"]
    good = written(tmp_path, json.dumps(ASKED))

    done = subprocess.run([*command, good], cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    failed = subprocess.run([*command, "no.json"], cwd=PROJECT, env=env, capture_output=True, text=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["total"], done.stderr) == (0, 200.5, "")
    assert (failed.returncode, failed.stdout, failed.stderr) == (2, "", "Не удалось открыть файл no.json.\n")
