from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in
from tests.faults.installation import PROJECT

SCRIPT = Path(__file__).with_name("queue_of_consents.py")
HOW_MANY = 30
HEADING = "h1"


@pytest.fixture
def names(installation: Installation) -> list[str]:
    """The children of thirty copies that were sent in."""
    own = {"DATA_DIR": str(installation.data_dir), "ENV_FILE": os.devnull, "PYTHONPATH": str(PROJECT)}
    made = subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), "shell", "-c", SCRIPT.read_text()],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return [line for line in made.stdout.splitlines() if line.startswith("Очередько")]


def test_thirty_consents_are_checked_in_one_go_by_the_keyboard_alone(
    page: Page, installation: Installation, names: list[str], screenshots: Path
) -> None:
    assert len(names) == HOW_MANY
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/consents/?q=Очередько")
    first = page.get_by_role("link", name=f"{names[0]} Мирон Захарович")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_contain_text(names[0])
    photograph(page, screenshots, "consent-queue")
    assert find_faults(page) == []

    page.keyboard.press("t")
    page.keyboard.press("z")
    assert page.locator("[data-sheet]").first.get_attribute("data-quarters") == "1"
    expect(page.locator("[data-zoom]").first).to_have_attribute("aria-pressed", "true")

    # Skipped and come back to; then one sent back, and all the others accepted.
    page.keyboard.press("ArrowRight")
    expect(page.locator(HEADING)).to_contain_text(names[1])
    page.keyboard.press("ArrowLeft")
    expect(page.locator(HEADING)).to_contain_text(names[0])
    page.keyboard.press("1")
    began = time.monotonic()
    for name in names[1:]:
        expect(page.locator(HEADING)).to_contain_text(name)
        expect(page.locator("img[src*='/consents/pages/']").first).to_be_visible()
        page.keyboard.press("a")
    expect(page.locator(HEADING)).not_to_contain_text(names[-1])
    print(f"queue: {HOW_MANY - 1} consents accepted by one key each in {time.monotonic() - began:.0f} s")

    page.goto(f"{installation.url}/consents/?tab=in_force&q=Очередько")
    expect(page.get_by_role("link", name="Очередько")).to_have_count(HOW_MANY - 1)
    page.goto(f"{installation.url}/consents/?tab=returned&q=Очередько")
    expect(page.get_by_role("link", name="Очередько")).to_have_count(1)
