"""What the register knows of a person before anything is changed."""

from __future__ import annotations

from accounts.models import Invitation
from participants.models import DATA_PURPOSES, Consent, Person
from participants.services.cycles import today_in


def is_cleared(person: Person) -> bool:
    """Whether a consent to the processing of his data is in force today, as mentee or as mentor."""
    rows = Consent.objects.in_force(today_in(person.school))
    return rows.filter(person=person, purpose__in=DATA_PURPOSES).exists()


def locked_person(person: Person) -> Person:
    """The person as he is now, held until the transaction ends.

    His invitation is held before him: whoever accepts one takes them in this order too.
    """
    list(Invitation.objects.select_for_update(no_key=True).filter(pk=person.invitation_id or 0).values_list("pk"))
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("school", "invitation__school")
    return rows.get(pk=person.pk)
