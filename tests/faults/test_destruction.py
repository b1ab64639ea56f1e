"""R25: a destruction is real. Every byte of the installation is searched: database, log of writes, files, broker, logs.

The work is killed in the middle too: nothing is half done, and done over it is done once.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import SERVER, MakeSite, execute, on_server
from tests.faults.site import LONG, Site
from tests.participants.doomed import WORDS, forms_of

DATABASE = "PostgreSQL" if SERVER else "SQLite"


def run(site: Site, verb: str, *arguments: object) -> Any:
    return site.run(verb, *arguments, module="tests.faults.destroying")


def found_in(site: Site) -> list[str]:
    """Each file of the site that holds a word in one of its forms; of PostgreSQL a whole dump."""
    forms = {word: forms_of(word) for word in WORDS}
    if SERVER:
        dump = subprocess.run(
            ["pg_dump", on_server(site.database)], capture_output=True, check=True, timeout=120
        ).stdout
        (site.folder / "dump.sql").write_bytes(dump)
    return sorted(
        f"{path.relative_to(site.folder)}: {word}"
        for path in files_of(site.folder)
        for data in [path.read_bytes()]
        for word, told in forms.items()
        if any(form in data for form in told)
    )


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_after_a_destruction_no_byte_tells_who_it_was_and_after_the_term_no_paper_is_left(make_site: MakeSite) -> None:
    site = make_site()
    site.start_redis()
    run(site, "fill")
    before = found_in(site)

    run(site, "work")
    after, told, sealed = found_in(site), run(site, "report"), set(files_of(site.folder / "files"))
    closed, left = run(site, "end_term"), set(files_of(site.folder / "files"))

    print(
        f"{DATABASE}, destruction: {len(before)} finds before, {len(after)} after; {len(sealed - left)} sealed papers"
    )
    assert {line.split(": ")[1] for line in before} == set(WORDS)
    assert after == []
    assert (told["destructions"], told["named"], told["broken"]) == (["done"], 0, [])
    assert told["jobs"] == [["destruction", "done"], ["destruction-scrub", "done"]]
    # The act, the extract, the form and the signed page.
    assert (closed, len(sealed - left)) == (1, 4)


@pytest.mark.parametrize("place", ["named", "sealed"])
def test_killed_in_the_middle_nothing_is_half_done_and_then_it_is_done_once(make_site: MakeSite, place: str) -> None:
    site = make_site(LEASE_SECONDS="0.0")
    run(site, "fill")

    with pytest.raises(AssertionError):
        run(site, "work_and_die", place)
    killed = run(site, "report")
    run(site, "work")
    told = run(site, "report")

    assert (killed["destructions"], killed["named"], killed["broken"]) == (["due"], 1, [])
    assert (told["destructions"], told["named"], told["broken"]) == (["done"], 0, [])


def test_killed_at_any_statement_it_is_undone_or_done_and_is_finished_by_the_next(make_site: MakeSite) -> None:
    site = make_site(LEASE_SECONDS="0.0")
    run(site, "fill")
    seen, kills = [], 0
    for statement in range(60, 10_000, 7 if LONG else 75):
        died = was_killed(site, statement)
        told = run(site, "report")
        seen.append((told["destructions"], told["named"], told["broken"]))
        kills += died
        if not died:
            break

    print(f"{DATABASE}, destruction: killed {kills} times, then done")
    assert kills > 2
    assert {repr(state) for state in seen} == {repr((["due"], 1, [])), repr((["done"], 0, []))}
    assert told["jobs"] == [["destruction", "done"], ["destruction-scrub", "done"]]
    assert told["pseudonyms"] == told["in_ledger"]
    assert found_in(site) == []


def was_killed(site: Site, statement: int) -> bool:
    """Whether the work had as many statements and was killed before this one."""
    try:
        run(site, "work_until", statement)
    except AssertionError:
        return True
    return False


def test_a_copy_put_back_loses_again_what_was_destroyed_after_it_was_made(make_site: MakeSite) -> None:
    site = make_site()
    site.start_redis()
    run(site, "fill")
    copy = back_up(site)
    run(site, "work")
    put_back(site, copy)
    back = found_in(site)

    printed = site.manage("restored")
    run(site, "work")
    after, told = found_in(site), run(site, "report")
    again = site.manage("restored")

    assert {line.split(": ")[1] for line in back} == set(WORDS)
    assert "destroyed again: 1;" in printed
    assert after == []
    assert (told["destructions"], told["named"], told["broken"]) == (["done"], 0, [])
    assert told["pseudonyms"] == told["in_ledger"]
    assert "destroyed again: 0;" in again


def test_a_copy_put_back_loses_again_the_consents_that_were_withdrawn_after_it_was_made(make_site: MakeSite) -> None:
    site = make_site()
    site.start_redis()
    run(site, "give")
    copy = back_up(site)
    run(site, "take_back")
    taken = run(site, "in_force")
    put_back(site, copy)
    back = run(site, "in_force")

    printed = site.manage("restored")
    after = run(site, "in_force")
    again = site.manage("restored")

    assert (back["in_force"] > 0, back["due"]) == (True, [])
    assert (taken["in_force"], len(taken["due"]), after) == (0, 1, taken)
    assert f"consents ended again: {back['in_force']}; destroyed again: 0;" in printed
    assert "consents ended again: 0; destroyed again: 0;" in again
    told = (site.folder / "destroyed.jsonl").read_text()
    assert [word for word in WORDS if word in told] == []


def back_up(site: Site) -> Path:
    """The data folder as it is, and of a server the database."""
    copy = site.folder.with_name("copy")
    shutil.copytree(site.folder, copy, ignore=shutil.ignore_patterns("redis*"))
    if SERVER:
        execute(f'CREATE DATABASE "{site.database}_copy" TEMPLATE "{site.database}"')
    return copy


def put_back(site: Site, copy: Path) -> None:
    """The copy in the place of what is there, all but the ledger."""
    for old in (*site.folder.glob("*.sqlite3*"), site.folder / "files"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(copy, site.folder, dirs_exist_ok=True)
    shutil.rmtree(copy)
    if SERVER:
        execute(f'DROP DATABASE "{site.database}" WITH (FORCE)')
        execute(f'ALTER DATABASE "{site.database}_copy" RENAME TO "{site.database}"')
