"""Check the journal's chains."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.journal import broken_links
from core.models import Event


class Command(BaseCommand):
    help = "Check that no line of the journal was changed, removed, put in or moved."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(broken_links())
        if broken:
            raise CommandError("journal broken at " + ", ".join(broken))
        self.stdout.write(f"journal whole: {Event.objects.count()} events")
