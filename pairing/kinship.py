"""Whom not to make the mentor of a child: his parents, his brothers and sisters, the teacher of his class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from core.models import Role
from core.russian import search_key
from participants.models import Charge, Guardian, Guardianship, Person

Persons = dict[int, set[int]]
"""By the key of a mentee's person, keys of the persons of mentors."""


def read_relatives(mentees: Sequence[Person], mentors: Sequence[Person]) -> Persons:
    """Those mentors who represent the mentee, or are represented by the same adult; one query.

    A mentor is the adult of a guardianship where the account, the address or the telephone is the same.
    """
    people = {person.pk for person in (*mentees, *mentors)}
    rows = Guardianship.objects.filter(minor__in=people).select_related("guardian").order_by("pk")
    signs: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        signs[row.minor_id] |= {f"guardian {row.guardian_id}", *_signs(row.guardian)}
    by_sign: dict[str, set[int]] = defaultdict(set)
    for mentor in mentors:
        shared = {sign for sign in signs.get(mentor.pk, ()) if sign.startswith(("guardian", "user"))}
        for sign in shared | _signs(mentor):
            by_sign[sign].add(mentor.pk)
    return {
        mentee.pk: {key for sign in signs[mentee.pk] for key in by_sign.get(sign, ())} - {mentee.pk}
        for mentee in mentees
        if mentee.pk in signs
    }


def read_class_teachers(mentees: Sequence[Person], mentors: Sequence[Person]) -> Persons:
    """Those mentors who are in charge of the mentee's class, or of himself, as class teachers now; one query."""
    by_user = {person.user_id: person.pk for person in mentors if person.user_id}
    rows = Charge.objects.filter(
        membership__user__in=by_user, membership__role=Role.CLASS_TEACHER, membership__ended_at=None
    )
    by_class: dict[str, set[int]] = defaultdict(set)
    by_person: Persons = defaultdict(set)
    for user, person, class_key, school in rows.values_list(
        "membership__user", "person", "class_key", "membership__school"
    ):
        if person:
            by_person[person].add(by_user[user])
        else:
            by_class[f"{school} {class_key}"].add(by_user[user])
    return {
        person.pk: by_person.get(person.pk, set()) | by_class.get(f"{person.school_id} {person.class_key}", set())
        for person in mentees
    }


def _signs(row: Guardian | Person) -> set[str]:
    """What tells one adult from another; a name does not, as two women of one school may well share it."""
    digits = "".join(filter(str.isdigit, row.phone))[-10:]
    known = {f"user {row.user_id}": row.user_id, f"email {search_key(row.email)}": row.email}
    return {sign for sign, is_known in (known | {f"phone {digits}": len(digits) == 10}).items() if is_known}
