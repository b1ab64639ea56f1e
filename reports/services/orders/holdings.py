"""In which orders a person stands, told to himself."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from participants.holding import Fate, Held, columns_of, line
from participants.models import Person
from reports.models import Order


def read_orders(person: Person) -> Iterator[Held]:
    """The orders whose list names him, by number and date."""
    named = Q(lines__matches__mentor__person=person) | Q(lines__matches__mentee__person=person)
    rows = Order.objects.filter(named, school=person.school_id).distinct()
    yield Held(
        _("Orders that name him"),
        tuple(line(*columns_of(row, ("number", "dated_on", "title", "state"))) for row in rows),
        Fate.STAYS,
        _("Orders in force are papers of the archive (152-FZ, article 1, part 2); drafts let him go."),
    )
