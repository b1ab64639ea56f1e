"""The profiles of all who take part in one form, read from the rows in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from core.cases import sex_told_by
from pairing.kinship import read_class_teachers, read_relatives
from pairing.models import Mentorship, MentorshipState, PairNote
from pairing.parties import read_parties
from pairing.past import read_past
from pairing.rules import FormRules, Party
from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.weights import Weights
from participants.ages import age_on
from participants.models import Enrolment, EnrolmentState, MentoringForm, PersonKind, Side
from roadmap.models import Cycle
from surveys.services.preferences import choices_of

Sides = tuple[list[MenteeProfile], list[MentorProfile]]
Chosen = dict[int, dict[int, int]]


def read_profiles(cycle: Cycle, form: MentoringForm, today: date) -> Sides:
    """All who take part in this form in this year, by key. Who has no consent in force is known by name alone.

    The notes that others wrote of a mentee are no part of it.
    """
    rows = Enrolment.objects.enrolled().filter(cycle=cycle, form=form)
    return profiles_of(rows.values("pk"), today, choices_by_part(cycle, today))


def choices_by_part(cycle: Cycle, today: date) -> Chosen:
    """The places that were given after the group meeting, by who gave them and to whom; one query."""
    found: Chosen = defaultdict(dict)
    for choice in choices_of(cycle=cycle, today=today):
        found[choice.who][choice.chosen] = choice.place
    return found


def profiles_of(keys: Any, today: date, chosen: Chosen | None = None) -> Sides:
    """The profiles of the parts with these keys, a list or a query of them, by key; `chosen` are the places they gave
    each other, by who and whom.
    """
    read = Enrolment.objects.filter(pk__in=keys).select_related("person").prefetch_related("areas")
    rows = list(read.order_by("pk"))
    mentees = [row for row in rows if row.side == Side.MENTEE]
    mentors = [row for row in rows if row.side == Side.MENTOR]
    parties = read_parties(rows, today)
    return (
        _mentees(mentees, mentors, parties, chosen or {}, today),
        _mentors(mentors, parties, chosen or {}, today),
    )


def fingerprint(
    mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], weights: Weights, rules: FormRules
) -> str:
    """A digest of everything the scores and the rules follow from, in hexadecimal; the order of people is of no matter."""
    by_key = {
        "mentees": {row.key: row for row in mentees},
        "mentors": {row.key: row for row in mentors},
        "weights": weights.as_json(),
        "rules": rules,
    }
    written = json.dumps(by_key, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    assert isinstance(value, frozenset)
    return sorted(value)


def _mentees(
    rows: Sequence[Enrolment], mentors: Sequence[Enrolment], parties: dict[int, Party], chosen: Chosen, today: date
) -> list[MenteeProfile]:
    pupils, others = [row.person for row in rows], [row.person for row in mentors]
    relatives, teachers = read_relatives(pupils, others), read_class_teachers(pupils, others)
    past, notes = read_past(pupils, others), _notes(rows, mentors)
    return [
        MenteeProfile(
            **_common(row, parties[row.pk], chosen, today),
            request=row.request if parties[row.pk].is_cleared else "",
            wanted_help=row.wanted_help if parties[row.pk].is_cleared else "",
            relatives=frozenset(relatives.get(row.person_id, ())),
            class_teachers=frozenset(teachers.get(row.person_id, ())),
            past=frozenset(past.get(row.person_id, ())),
            notes=notes.get(row.pk, {}),
        )
        for row in rows
    ]


def _mentors(rows: Sequence[Enrolment], parties: dict[int, Party], chosen: Chosen, today: date) -> list[MentorProfile]:
    finished = _finished(rows)
    return [
        MentorProfile(
            **_common(row, parties[row.pk], chosen, today),
            competences=row.competences if parties[row.pk].is_cleared else "",
            achievements=row.achievements if parties[row.pk].is_cleared else "",
            wanted_age_from=row.wanted_age_from,
            wanted_age_to=row.wanted_age_to,
            experience=finished.get(row.person_id, 0),
            is_ready=row.state == EnrolmentState.READY,
        )
        for row in rows
    ]


def _common(row: Enrolment, party: Party, chosen: Chosen, today: date) -> dict[str, Any]:
    """What both sides have; of whom nothing may be known yet, the name as the register has it."""
    person = row.person
    known = {
        "key": row.pk,
        "party": party,
        "first_name": person.given_name,
        "patronymic": "" if person.kind == PersonKind.PUPIL else person.patronymic,
        "class_name": person.class_name,
        "place": person.place,
    }
    if not party.is_cleared:
        return known
    return known | {
        "sex": person.sex or sex_told_by(person.patronymic),
        "age": age_on(person.birth_date, today) if person.birth_date else None,
        "role_model": row.role_model_id,
        "areas": {area.pk: area.name for area in row.areas.all()},
        "interests": row.interests,
        "hours": frozenset(row.available),
        "building": row.building,
        "is_remote": row.is_remote,
        "chosen": chosen.get(row.pk, {}),
    }


def _notes(mentees: Iterable[Enrolment], mentors: Iterable[Enrolment]) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = PairNote.objects.filter(mentee__in=mentees, mentor__in=mentors)
    for mentee, mentor, is_for in rows.values_list("mentee", "mentor", "is_for"):
        found[mentee][mentor] = is_for
    return found


def _finished(mentors: Iterable[Enrolment]) -> dict[int, int]:
    """By person, how many mentorships were led to their end, in whatever year and form."""
    people = {row.person_id for row in mentors}
    rows = Mentorship.objects.filter(state=MentorshipState.FINISHED, mentor__person__in=people)
    found: dict[int, int] = defaultdict(int)
    for person in rows.values_list("mentor__person", flat=True):
        found[person] += 1
    return found
