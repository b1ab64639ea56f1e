"""The house's measures: how long, how deep, what is called what, who imports whom, what a template may hold."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from core.fields import KeyField
from tests.test_access_matrix import all_routes

PROJECT = Path(settings.BASE_DIR)
APPS = ("mentoring", "core", "accounts", "roadmap", "participants", "surveys", "pairing", "reports", "demo")
MODULE_LINES, FUNCTION_LINES, VIEW_LINES, TEMPLATE_LINES, COMPLEXITY = 300, 40, 25, 120, 8
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "managers", "constants", "misc"}
PURE = (
    "core/russian.py",
    "core/cases.py",
    "core/typography.py",
    "accounts/requisites.py",
    "accounts/tokens.py",
    "roadmap/comparison.py",
    "roadmap/cycles.py",
    "roadmap/editing",
    "roadmap/blueprints",
    "roadmap/moving",
    "roadmap/outline.py",
    "roadmap/reading",
    "roadmap/terms",
    "participants/ages.py",
    "participants/pile",
    "pairing/hours.py",
    "pairing/matching",
    "pairing/recruiting.py",
    "pairing/rules.py",
    "pairing/scoring",
    "pairing/weeks.py",
    "reports/numbering.py",
    "reports/papers",
    "surveys/content",
    "surveys/questions",
    "surveys/statistics",
)
"""Modules that know neither database nor request, so that they can be proved with plain values."""
VENDORED = ("static/vendor/",)


def tracked(*endings: str) -> list[Path]:
    """The project's own files with such endings, as git knows them or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    names = (name for name in listed.split("\0") if name.endswith(endings) and not name.startswith(VENDORED))
    return [PROJECT / name for name in names if (PROJECT / name).is_file()]


def product_modules() -> list[Path]:
    outside = ("tests", "migrations")
    return [path for path in tracked(".py") if not set(outside) & set(path.relative_to(PROJECT).parts)]


def templates() -> list[Path]:
    return [path for path in tracked(".html", ".txt") if PROJECT / "templates" in path.parents]


def shown(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(PROJECT)}{f':{line}' if line else ''}"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own_models() -> list[Any]:
    return [model for name in APPS for model in apps.get_app_config(name).get_models()]


# ---------------------------------------------------------------- sizes


def test_the_measures_measure_something() -> None:
    assert len(product_modules()) > 50
    assert len(templates()) > 10
    assert len(own_models()) > 10


def test_no_module_is_longer_than_its_budget() -> None:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in product_modules()}

    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_is_longer_than_its_budget() -> None:
    lengths = {
        f"{shown(path, node.lineno)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in product_modules()
        for node in functions_of(path)
    }

    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_no_view_is_longer_than_its_budget() -> None:
    views = {inspect.unwrap(route.view) for route in all_routes()}
    lengths = {view.__qualname__: len(inspect.getsource(view).splitlines()) for view in views}

    assert {name: lines for name, lines in lengths.items() if lines > VIEW_LINES} == {}


def test_no_template_is_longer_than_its_budget() -> None:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in templates()}

    assert {name: lines for name, lines in lengths.items() if lines > TEMPLATE_LINES} == {}


def test_no_function_is_more_complex_than_its_budget() -> None:
    complexity = ["--select", "C901", "--config", f"lint.mccabe.max-complexity={COMPLEXITY}"]
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or "ruff"
    modules = [str(path) for path in product_modules()]

    found = subprocess.run(
        [ruff, "check", "--isolated", "--no-cache", "--output-format", "concise", *complexity, *modules],
        capture_output=True,
        check=False,
        text=True,
    )

    assert (found.returncode, found.stdout.strip()) == (0, "All checks passed!")


# ---------------------------------------------------------------- what is called what, and who imports whom


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in product_modules() if {path.stem, path.parent.name} & NAMES_THAT_SAY_NOTHING] == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{shown(path, node.lineno)} {function.name}"
        for path in product_modules()
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_imports_keep_to_the_floors_and_layers() -> None:
    lint = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"

    found = subprocess.run([lint, "--no-cache"], cwd=PROJECT, capture_output=True, check=False, text=True)

    assert found.returncode == 0, found.stdout + found.stderr


def test_what_only_thinks_takes_nothing_but_words_from_the_framework() -> None:
    pure = [path for part in PURE for path in product_modules() if (PROJECT / part) in {path, *path.parents}]
    found = [
        f"{shown(path, node.lineno)} {node.module}"
        for path in pure
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django")
        if not (node.module or "").startswith(("django.utils.translation", "django.utils.formats"))
    ]

    assert len(pure) > len(PURE)
    assert found == []


def test_no_notes_to_oneself_are_left() -> None:
    note = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        shown(path, number)
        for path in tracked(".py", ".html", ".css", ".js", ".toml", ".md", ".sh")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if note.search(line)
    ]

    assert found == []


# ---------------------------------------------------------------- models


def test_every_model_says_in_a_sentence_what_it_is() -> None:
    silent = [model.__name__ for model in own_models() if (model.__doc__ or "").startswith(f"{model.__name__}(")]

    assert silent == []


def test_no_model_overrides_how_it_is_saved_or_deleted() -> None:
    own = {"save", "delete", "bulk_create", "save_base"}
    found = [
        f"{shown(path, node.lineno)} {node.name}"
        for path in product_modules()
        if "models" in path.parts or path.stem == "models"
        for node in functions_of(path)
        if node.name in own
    ]

    assert found == []


def test_nobody_listens_to_signals_of_own_models() -> None:
    listening = re.compile(r"django\.db\.models\.signals|models import signals|@receiver\b")

    assert [shown(path) for path in product_modules() if listening.search(path.read_text())] == []


def test_a_column_that_has_a_key_is_never_changed_without_it() -> None:
    """`update()` and `save(update_fields=…)` pass a `KeyField` by unless they name it."""
    found = [
        f"{shown(path, call.lineno)} {model.__name__}.{key.name}"
        for path in product_modules()
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        for model in own_models()
        for key in model._meta.fields
        if isinstance(key, KeyField) and is_left_behind(key, model, changed_columns(call))
    ]

    assert found == []


def is_left_behind(key: KeyField, model: Any, changed: set[str]) -> bool:
    """Whether these columns can be this model's, and what the key is made of is among them without the key."""
    could_be = changed <= {field.name for field in model._meta.fields}
    return could_be and bool(changed & set(key.of)) and key.name not in changed


def changed_columns(call: ast.Call) -> set[str]:
    """The columns that a call names as those it changes."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "update":
        return {keyword.arg for keyword in call.keywords if keyword.arg}
    if call.func.attr == "bulk_update" and len(call.args) > 1:
        return strings_in(call.args[1])
    return {name for keyword in call.keywords if keyword.arg == "update_fields" for name in strings_in(keyword.value)}


def strings_in(node: ast.expr) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_no_filter_takes_its_columns_from_a_request() -> None:
    dynamic = re.compile(r"(filter|exclude|order_by|get|values)\(\s*\*{1,2}\s*\w*\.?(request|GET|POST)")

    assert [shown(path) for path in product_modules() if dynamic.search(path.read_text())] == []


# ---------------------------------------------------------------- templates and static files

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"""(?:src|href|action|url\(|@import)\s*[=(]?\s*["']?(?:https?:)?//(?!www\.w3\.org)""", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("line", "is_inline"),
    [
        ('<p style="color:red">', True),
        ("<style>p{}</style>", True),
        ("<script>alert(1)</script>", True),
        ('<a onclick="x()">', True),
        ('<a href="javascript:x()">', True),
        ('<script src="/static/js/shell.js" defer></script>', False),
        ('<link rel="stylesheet" href="/static/css/base.css">', False),
        ('<p class="style" data-on="now">', False),
    ],
)
def test_inline_code_is_known_when_it_is_seen(line: str, is_inline: bool) -> None:
    assert bool(INLINE.search(line)) == is_inline


def test_no_template_holds_inline_code() -> None:
    found = [
        f"{shown(path, number)} {line.strip()[:80]}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(line)
    ]

    assert found == []


def test_nothing_is_loaded_from_another_host() -> None:
    found = [
        f"{shown(path, number)} {line.strip()[:80]}"
        for path in [*templates(), *tracked(".css", ".js")]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ELSEWHERE.search(line)
    ]

    assert found == []


# ---------------------------------------------------------------- what the project speaks of

# Put together from pieces, so that this file does not hold what it looks for.
A_MACHINE_OF_OURS = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", "/tmp/ba" + "sh_jobs", r"\.lib" + "rary", "/fa" + "rm/"])
)


def test_nothing_names_a_path_of_the_machine_it_was_written_on() -> None:
    binary = {
        ".png",
        ".woff2",
        ".pdf",
        ".docx",
        ".xlsx",
        ".mo",
        ".ico",
        ".jpg",
        ".odt",
        ".ttf",
        ".otf",
        ".zip",
        ".br",
        ".gz",
    }
    found = [
        f"{shown(path, number)} {line.strip()[:80]}"
        for path in tracked("")
        if path.suffix not in binary
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if A_MACHINE_OF_OURS.search(line)
    ]

    assert found == []
