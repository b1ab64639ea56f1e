"""The list of people out of 100, 10,000 and 100,000: the measurement runs in a PostgreSQL of its own, started here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module

import django

from bench.figures import Figure
from mentoring.configuration import PROJECT

QUICK = "quick"


def figures(*, quick: bool) -> list[Figure]:
    """What the measurement in the cluster has printed."""
    inner = [sys.executable, "-m", "bench.people_lists", *[QUICK] * quick]
    command = [sys.executable, "-m", "tests.postgres", *inner]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return [Figure(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def main() -> None:
    """Within the cluster: the tables, Django, the measurement."""
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "mentoring.settings", "DATA_DIR": folder, "ENV_FILE": os.devnull}
        django.setup()
        found: list[Figure] = import_module("bench.people_pages").measured(quick=QUICK in sys.argv)
    sys.stdout.write(json.dumps([asdict(figure) for figure in found]) + "\n")


if __name__ == "__main__":
    main()
