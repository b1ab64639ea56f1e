"""The templates read from their files."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from roadmap.blueprints.shapes import Template, TemplateActivity, TemplateApproval, TemplateStage
from roadmap.outline import Column

FOLDER = Path(__file__).parent / "templates"
KEYS = ("student", "gifted", "detailed", "teacher", "kindergarten")
"""In the order in which they are offered; the names of the files."""


@cache
def templates() -> tuple[Template, ...]:
    """Every template there is."""
    return tuple(_template(key, tomllib.loads((FOLDER / f"{key}.toml").read_text("utf-8"))) for key in KEYS)


def find_template(key: str) -> Template | None:
    """The template of that key."""
    return next((template for template in templates() if template.key == key), None)


def _template(key: str, read: dict[str, Any]) -> Template:
    first, last = read["period"]
    return Template(
        key=key,
        name=read["name"],
        for_whom=read["for_whom"],
        years=read["years"],
        period=(first, last),
        title=read["title"],
        preamble=read.get("preamble", "").strip(),
        columns=tuple(Column(**column) for column in read["columns"]),
        approvals=tuple(
            TemplateApproval(stamp["word"], stamp["by"], stamp.get("basis", "")) for stamp in read.get("approvals", ())
        ),
        stages=tuple(_stage(stage) for stage in read["stages"]),
    )


def _stage(read: dict[str, Any]) -> TemplateStage:
    return TemplateStage(
        number=read["number"],
        name=read["name"],
        goal=read.get("goal", ""),
        task=read.get("task", ""),
        result=read.get("result", ""),
        activities=tuple(_activity(activity) for activity in read["activities"]),
    )


def _activity(read: dict[str, Any]) -> TemplateActivity:
    months = read.get("months")
    return TemplateActivity(**read | {"months": (months[0], months[1]) if months else None})
