"""The documentation says what is so: links lead somewhere, commands exist, settings and retention match the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.models import Model

PROJECT = Path(__file__).resolve().parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
OWN_APPS = {"core", "accounts", "roadmap", "participants", "surveys", "pairing", "reports", "demo"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_command_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    commands = set(re.findall(r"manage\.py[ \n]([a-z_]+)", text))
    scripts = set(re.findall(r"`(bin/[a-z]+)", text))

    assert commands - set(get_commands()) == set()
    assert {script for script in scripts if not (PROJECT / script).is_file()} == set()


def test_every_setting_of_the_configuration_is_explained_in_the_example() -> None:
    source = (PROJECT / "mentoring" / "configuration.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_\w+)\(\s*(?:env, )?"([A-Z][A-Z_]+)"', source))
    explained = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))

    assert read
    assert read - explained - {"ENV_FILE"} == set()


def retention_policy() -> dict[str, dict[str, object]]:
    policy = tomllib.loads((PROJECT / "docs" / "data_retention.toml").read_text())
    return {f"{app}.{model}": row for app, models in policy.items() for model, row in models.items()}


def models_about_people() -> set[str]:
    """Models with a name, an address or what was typed in about somebody, and those that hang on a row of the register."""
    own = [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]
    telling = {"surname", "email", "person", "secret", "entered", "signer_name"}
    found = {model for model in own if telling & {field.name for field in model._meta.fields}}
    about: set[type[Model]] = {model for model in found if model._meta.app_label == "participants"}
    for _step in own:
        about |= {
            model
            for model in own
            if any(field.related_model in about for field in (*model._meta.fields, *model._meta.many_to_many))
        }
    return {model._meta.label for model in found | about}


def test_the_retention_policy_names_models_that_exist_and_every_one_about_people() -> None:
    named = set(retention_policy())

    assert named - {model._meta.label for model in apps.get_models()} == set()
    assert models_about_people() - named == set()


def test_the_retention_policy_says_of_each_what_how_long_and_why() -> None:
    asked = {"holds", "keep", "why", "fields", "bare", "destroyed"}

    for label, row in retention_policy().items():
        assert asked <= set(row) <= asked | {"daily"}, label
        assert row["destroyed"] in {"row", "columns", "sealed", "no"}, label


def test_the_retention_policy_has_a_rule_for_each_column_of_its_models() -> None:
    policy = retention_policy()
    told = {label: [*columns(row, "fields"), *columns(row, "bare")] for label, row in policy.items()}
    known = {
        label: sorted(column.name for column in apps.get_model(label)._meta.concrete_fields if not column.primary_key)
        for label in policy
    }

    assert {label: sorted(names) for label, names in told.items()} == known


def columns(row: dict[str, object], name: str) -> list[str]:
    found = row[name]
    assert isinstance(found, list)
    return found
