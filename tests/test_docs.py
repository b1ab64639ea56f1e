"""The documentation says what is so: links lead somewhere, commands exist, settings and retention match the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

PROJECT = Path(__file__).resolve().parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
OWN_APPS = {"core", "accounts", "roadmap", "demo"}


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


def test_the_retention_policy_names_models_that_exist_and_every_one_with_a_name_or_an_address() -> None:
    policy = tomllib.loads((PROJECT / "docs" / "data_retention.toml").read_text())
    named = {f"{app}.{model}" for app, models in policy.items() for model in models}
    models = {model._meta.label: model for model in apps.get_models() if model._meta.app_label in OWN_APPS}
    personal = {"surname", "email", "person", "secret", "entered"}
    holding = {label for label, model in models.items() if personal & {field.name for field in model._meta.fields}}

    assert named - models.keys() == set()
    assert holding - named == set()
