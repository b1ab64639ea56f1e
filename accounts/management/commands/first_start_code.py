"""`manage.py first_start_code`: prints where an empty installation is started and the code that opens it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.links import full_address
from accounts.services.schools import make_start_code
from core.errors import DomainError


class Command(BaseCommand):
    help = "Print the address of the first-start page and a one-time code for it; each run makes a new code."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = make_start_code()
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{full_address('accounts:start')}\n{code}")
