"""Adds up what pytest wrote as JUnit files and prints one closing line: `python -m tests.totals FOLDER PASSED FAILED`."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def add_up(folder: Path) -> tuple[int, int, int]:
    """Tests passed, failed and skipped in all the files of the folder."""
    total = failed = skipped = 0
    for report in folder.glob("*.xml"):
        for suite in ET.parse(report).getroot().iter("testsuite"):
            total += int(suite.attrib["tests"])
            failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
            skipped += int(suite.attrib["skipped"])
    return total - failed - skipped, failed, skipped


if __name__ == "__main__":
    passed, failed, skipped = add_up(Path(sys.argv[1]))
    passed, failed = passed + int(sys.argv[2]), failed + int(sys.argv[3])
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)
