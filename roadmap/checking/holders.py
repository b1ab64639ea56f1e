"""Roles that a plan counts on and nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from roadmap.checking.shapes import Finding, Item, Plan


def check_holders(plan: Plan) -> Iterator[Finding]:
    """Each such role once, at the first activity that names it."""
    named: dict[str, list[Item]] = {}
    wordings: dict[str, str] = {}
    for item in plan.items:
        for role in item.unheld:
            named.setdefault(role.lower(), []).append(item)
            wordings.setdefault(role.lower(), role)
    for key, items in named.items():
        text = gettext("Nobody in the school has this role: no letter about the activity will reach it.")
        yield Finding("role_unheld", items[0].key, wordings[key], text)
