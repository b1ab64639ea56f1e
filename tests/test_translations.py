"""The Russian catalogue is complete: every text of the product is in it, translated, and nothing else is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = (
    "core",
    "accounts",
    "roadmap",
    "participants",
    "surveys",
    "pairing",
    "reports",
    "demo",
    "mentoring",
    "templates",
    "locale",
)
CATALOGUE = Path("locale/ru/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The catalogue as `makemessages` brings it up to date with the sources, in a copy."""
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "ru", "--verbosity", "0"]
    # Without the settings of the tests, which cannot be imported from there.
    subprocess.run(command, cwd=copy, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True)
    return polib.pofile(str(copy / CATALOGUE))


def test_no_text_is_without_a_translation(gathered: polib.POFile) -> None:
    missing = [entry.msgid for entry in gathered if not entry.obsolete and not entry.translated()]

    assert missing == []


def test_no_translation_is_left_that_nothing_uses(gathered: polib.POFile) -> None:
    unused = [entry.msgid for entry in gathered.obsolete_entries()]

    assert unused == []


def test_every_plural_has_its_three_forms_and_every_value_its_place(tmp_path: Path) -> None:
    command = [
        "msgfmt",
        "--check-format",
        "-o",
        str(tmp_path / "django.mo"),
        str(PROJECT / CATALOGUE),
    ]
    done = subprocess.run(command, text=True, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
