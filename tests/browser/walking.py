"""Steps that several journeys share."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import PHONE, Installation, is_trouble
from tests.faults.installation import PROJECT


def log_in(page: Page, installation: Installation, name: str) -> None:
    """By password, as the demo's person with this login name."""
    row = installation.login(name)
    page.goto(f"{installation.url}/log-in/")
    form = page.locator("form", has=page.locator("input[type=password]"))
    form.locator("input:not([type=hidden]):not([type=password])").first.fill(row["email"] or row["login"])
    form.locator("input[type=password]").fill(row["password"])
    form.get_by_role("button").click()
    page.wait_for_url(lambda url: "/log-in/" not in url)


def find_faults(page: Page) -> list[str]:
    """What axe finds amiss on the page: the rule and where. It is put into each page once.

    All its rules are tried; only of those that are broken it names every place, which takes it longer than trying them.
    """
    is_there = page.evaluate("typeof axe === 'object'")
    axe = Axe("0" if is_there else AXE_SCRIPT)
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def run_inside(installation: Installation, script: Path) -> str:
    """What a script prints that is run among the rows of a running installation."""
    own = {"DATA_DIR": str(installation.data_dir), "ENV_FILE": os.devnull, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), "shell", "-c", script.read_text()],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@contextmanager
def phone(browser: Browser, has_scripts: bool = True, size: Any = PHONE) -> Iterator[tuple[BrowserContext, Page]]:
    """A telephone of somebody else; at its end no error was told in the console and no answer was a failure."""
    context = browser.new_context(viewport=size, locale="ru-RU", java_script_enabled=has_scripts)
    page, troubles = context.new_page(), list[str]()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
    page.on("response", lambda got: troubles.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    yield context, page
    context.close()
    assert troubles == []


def go(page: Page, words: str, leads_to: str) -> None:
    """Press the button and wait for the address it leads to."""
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url(re.compile(leads_to))
