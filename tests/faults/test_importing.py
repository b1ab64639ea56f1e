"""R11: an import is all or nothing and repeatable. Killed at random moments; one bad row; the same file twice.

FAULTS=long kills 50 imports of 5,000 rows.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mentoring.configuration import PROJECT
from tests.faults.conftest import MakeSite
from tests.faults.site import LONG, Site

ROWS, KILLS = (5_000, 50) if LONG else (400, 3)
NOTHING = {"people": 0, "guardians": 0, "ties": 0, "sheets": 0, "rows": 0, "broken": 0}
ALL = {"people": ROWS, "guardians": ROWS, "ties": ROWS, "sheets": 1, "rows": ROWS, "broken": 0}


def run(site: Site, verb: str, *arguments: object) -> Any:
    return site.run(verb, *arguments, module="tests.faults.importing")


def bring(site: Site, path: Path, school: int, *more: str) -> Any:
    return json.loads(
        site.manage("people_import", str(path), "--school", str(school), "--as", "mentee", "--json", *more)
    )


@pytest.fixture
def place(make_site: MakeSite, tmp_path: Path) -> tuple[Site, int, Path]:
    """A site, a school, a file."""
    site, path = make_site(), tmp_path / "people.xlsx"
    run(site, "sheet", path, ROWS)
    return site, run(site, "school"), path


def test_an_import_killed_at_any_moment_leaves_nothing_or_all(place: tuple[Site, int, Path]) -> None:
    site, school, path = place
    command = [sys.executable, "manage.py", "people_import", str(path), "--school", str(school), "--as", "mentee"]
    began = time.monotonic()
    bring(site, path, school, "--dry-run")
    took, seen = (time.monotonic() - began) * 1.5, []

    for _time in range(KILLS):
        process = subprocess.Popen(command, cwd=PROJECT, env=site.environment, stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0.3, 1) * took)
        process.kill()
        process.wait()
        seen.append(run(site, "counts"))
        if seen[-1] == ALL:
            break
    bring(site, path, school)

    print(f"{len(seen)} imports of {ROWS} rows killed, {seen.count(NOTHING)} left nothing, {seen.count(ALL)} all")
    assert [one for one in seen if one not in (NOTHING, ALL)] == []
    assert run(site, "counts") == ALL


def test_the_same_file_twice_changes_nothing(place: tuple[Site, int, Path]) -> None:
    site, school, path = place
    bring(site, path, school)

    again = bring(site, path, school)

    assert {row["status"] for row in again["rows"]} == {"same"}
    assert run(site, "counts") == ALL


def test_one_bad_row_is_told_at_its_cell_and_keeps_the_whole_out_where_that_is_asked(
    place: tuple[Site, int, Path],
) -> None:
    site, school, path = place
    run(site, "sheet", path, ROWS, 77)

    answer = bring(site, path, school, "--whole")

    wrong = [row for row in answer["rows"] if row["status"] == "wrong"]
    assert [(row["row"], [error["column"] for error in row["errors"]]) for row in wrong] == [(77, ["Дата рождения"])]
    assert run(site, "counts") == NOTHING
