"""Steps that several journeys share."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Installation


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
