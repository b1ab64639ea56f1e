"""One sweep by hand or from a system timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.sweep import run_sweep


class Command(BaseCommand):
    help = "Send due notices and do due jobs once; safe to run at any time and twice."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, result in run_sweep().items():
            self.stdout.write(f"{name}: {result}")
