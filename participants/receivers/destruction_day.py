"""The destructions that wait for the curator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from participants.hanging import Hanging
from participants.models import Destruction, DestructionState, Person
from roadmap.day import Waiting

SOON = timedelta(days=10)


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """One line for all that are due, by the nearest day."""
    due = Destruction.objects.visible_to(actor).filter(state=DestructionState.DUE)
    found = due.aggregate(n=Count("pk"), by=Min("due_on"))
    if found["n"]:
        words = ngettext("Destroy the data of %(n)s person", "Destroy the data of %(n)s people", found["n"])
        is_past, is_soon = found["by"] < today, found["by"] <= today + SOON
        yield Waiting(
            text=words % {"n": found["n"]},
            url=reverse("participants:destruction_list"),
            deed=_("See what goes"),
            detail=_("The term of the law is over.") if is_past else _("The use has been stopped already."),
            day=found["by"],
            small=_("the last day"),
            tone="late" if is_past else "now" if is_soon else "",
        )


def hanging_destruction(person: Person) -> list[Hanging]:
    """The day by which the person's data have to go."""
    due = Destruction.objects.filter(person=person, state=DestructionState.DUE)
    return [
        Hanging(
            _("the data are to be destroyed by %(day)s") % {"day": date_format(row.due_on, "j E Y")},
            reverse("participants:destruction_show", args=(row.pk,)),
        )
        for row in due
    ]
