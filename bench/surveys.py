"""Surveys: the results of ten thousand, and five hundred who answer at once, in a PostgreSQL started here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module

import django

from bench.figures import Figure, Measure
from mentoring.configuration import PROJECT

QUICK = "quick"
PARTS = ("bench.survey_results", "bench.survey_crowd")


def prepare() -> Measure:
    """Each measurement makes its own cluster, so that none finds the rows of another."""
    return figures


def figures(quick: bool) -> list[Figure]:
    """What the measurements in the cluster have printed."""
    command = [sys.executable, "-m", "tests.postgres", sys.executable, "-m", "bench.surveys", *[QUICK] * quick]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return [Figure(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def main() -> None:
    """Within the cluster: the tables, Django, the measurements."""
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "mentoring.settings", "DATA_DIR": folder, "ENV_FILE": os.devnull}
        django.setup()
        parts = [import_module(name).measured(quick=QUICK in sys.argv) for name in PARTS]
    sys.stdout.write(json.dumps([asdict(figure) for found in parts for figure in found]) + "\n")


if __name__ == "__main__":
    main()
