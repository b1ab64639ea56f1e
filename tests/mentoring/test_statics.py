from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from mentoring.statics import collect_static


@pytest.fixture
def sources(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], tmp_path / "collected"
    return folder


def collected(settings: Settings) -> str:
    paths: dict[str, str] = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    return paths["a.css"]


def test_files_get_a_name_by_their_contents_and_a_compressed_copy(settings: Settings, sources: Path) -> None:
    (sources / "a.css").write_text("a { color: green }\n" * 100)

    collect_static()

    name = collected(settings)
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", name)
    assert {path.name for path in settings.STATIC_ROOT.glob(f"{name}*")} == {name, f"{name}.gz"}


def test_nothing_is_done_again_until_a_source_changes(settings: Settings, sources: Path) -> None:
    (sources / "a.css").write_text("a { color: green }")
    collect_static()
    first = (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime_ns

    collect_static()
    assert (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime_ns == first

    (sources / "a.css").write_text("a { color: darkgreen }")
    before = collected(settings)
    collect_static()
    assert collected(settings) != before


@pytest.mark.django_db
def test_a_static_file_is_served_in_a_trial_that_collected_nothing(client: Client) -> None:
    answer = client.get("/static/django_htmx/htmx-2.min.js")
    answer.close()

    assert answer.status_code == 200
