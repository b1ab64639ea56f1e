"""What waits for the curator when somebody could not open his link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import Role
from participants.services.links import locked_links
from roadmap.day import Waiting, register_waiting


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The links that were closed after wrong birth dates; leads to the one that waits longest."""
    people = list(locked_links(actor).order_by("pk").values_list("person", flat=True))
    if people:
        words = ngettext(
            "%(n)s personal link is closed after wrong birth dates",
            "%(n)s personal links are closed after wrong birth dates",
            len(people),
        )
        yield Waiting(
            text=words % {"n": len(people)},
            url=reverse("participants:person_show", args=(people[0],)),
            deed=_("Open it again"),
            day=today,
            small=_("waits for you"),
            tone="now",
        )


register_waiting((Role.CURATOR,), ask_curator, place=12)
