"""The official registers of a year, read from the rows: nobody without the consents he needs stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from core.actors import Actor
from core.jobs import start_job
from core.journal import record_event
from core.models import Event, Job, School
from participants.bases.entries import Entry, Partner
from participants.models import (
    Authority,
    Consent,
    ConsentState,
    Enrolment,
    EnrolmentState,
    Guardianship,
    Person,
    PersonKind,
    Side,
)
from participants.models.enrolment import EnrolmentQuerySet
from participants.pairs import pairs_of
from roadmap.models import Cycle

BASE_XLSX = "base-xlsx"
"""The kind of job that writes a register; `participants.services.bases_writing` does the work."""
TITLES = {Side.MENTEE: "База наставляемых", Side.MENTOR: "База наставников"}
GROUPS = {
    "pupils": ("Обучающиеся", (PersonKind.PUPIL,)),
    "teachers": ("Педагоги", (PersonKind.TEACHER,)),
    "others": (
        "Другие участники",
        (PersonKind.STUDENT, PersonKind.GRADUATE, PersonKind.EXPERT, PersonKind.PARTNER),
    ),
}
"""Pupils and teachers are kept apart; who is neither stands in a third list."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand in each group of a register, and how many are kept out for want of a consent."""

    counts: Mapping[str, int]
    left_out: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def base_rows(school: School, side: str, cycle: Cycle, today: date) -> QuerySet[Enrolment]:
    """Everyone who takes or took part on this side in the year, with every consent in force; those refused are not."""
    return _of_the_year(school, side, cycle).cleared(today).order_by("person__sort_key", "form__place", "pk")


def standing_of_base(school: School, side: str, cycle: Cycle, today: date) -> Standing:
    """The figures above the register; whoever has left and has no consent any more is not missed."""
    kinds = Counter(base_rows(school, side, cycle, today).order_by().values_list("person__kind", flat=True))
    counts = {group: sum(kinds[kind] for kind in which) for group, (_name, which) in GROUPS.items()}
    cleared = Enrolment.objects.cleared(today).values("pk")
    missing = _of_the_year(school, side, cycle).enrolled().exclude(pk__in=cleared)
    return Standing(counts, missing.count())


def entries_of(rows: QuerySet[Enrolment], today: date) -> list[Entry]:
    """The lines of these parts, in a fixed number of queries."""
    guardianships = Guardianship.objects.select_related("guardian").order_by("pk")
    found = list(
        rows.select_related("person", "form", "role_model").prefetch_related(
            "areas", Prefetch("person__guardianships", guardianships)
        )
    )
    partners = _partners([row.pk for row in found], today)
    return [_entry(row, partners.get(row.pk, ()), today) for row in found]


def write_base(*, school: School, side: str, cycle: Cycle, by: Actor) -> Job:
    """Have the register written as it now stands; the job's page shows how far it is."""
    record_event(verb="export", thing=cycle, school=school, detail={"base": side}, by=by)
    last = Job.objects.filter(school=school, kind=BASE_XLSX).aggregate(last=Max("pk"))["last"] or 0
    key = f"{BASE_XLSX}:{school.pk}:{side}:{cycle.pk}:{last}"
    return start_job(key=key, kind=BASE_XLSX, payload={"side": side, "cycle": cycle.pk}, by=by)


def names_somebody_gone(job: Job) -> bool:
    """Whether a consent has ended or is paused since the register was asked for: it may name whom nobody is told any more."""
    moves = Event.objects.filter(school=job.school_id, verb="move", at__gte=job.created_at)
    ended = moves.filter(thing__startswith="consent:", from_state=ConsentState.IN_FORCE)
    past = Consent.objects.filter(
        person__school=job.school_id,
        state=ConsentState.IN_FORCE,
        expires_on__lt=timezone.localdate(),
        expires_on__gte=timezone.localdate(job.created_at),
    )
    return ended.exclude(to_state=ConsentState.REPLACED).exists() or past.exists()


def _of_the_year(school: School, side: str, cycle: Cycle) -> EnrolmentQuerySet:
    rows = Enrolment.objects.filter(person__school=school, person__destroyed_at=None, side=side, cycle=cycle)
    return rows.exclude(state=EnrolmentState.REFUSED)


def _partners(keys: Sequence[int], today: date) -> dict[int, list[Partner]]:
    """The other sides, those with their consents in force alone."""
    pairs = pairs_of(keys)
    others = {key for found in pairs.values() for key in found}
    cleared = Enrolment.objects.cleared(today).filter(pk__in=others).select_related("person")
    known = {row.pk: Partner(row.person.full_name, row.person.place) for row in cleared}
    return {key: [known[other] for other in dict.fromkeys(found) if other in known] for key, found in pairs.items()}


def _entry(row: Enrolment, partners: Iterable[Partner], today: date) -> Entry:
    person = row.person
    return Entry(
        columns={
            "full_name": person.full_name,
            "own_contacts": ", ".join(filter(None, (person.phone, person.email))),
            "kind": str(PersonKind(person.kind).label),
            "class_name": person.class_name,
            "post": person.post,
            "place": person.place,
            "subject": person.subject,
            "teaching_since": str(person.teaching_since or ""),
            "request": row.request,
            "wanted_help": row.wanted_help,
            "competences": row.competences,
            "achievements": row.achievements,
            "interests": row.interests,
            "time_resource": row.time_resource,
            "building": row.building,
            "capacity": str(row.capacity or ""),
            "areas": "; ".join(area.name for area in row.areas.all()),
            "role_model": row.role_model.name if row.role_model else "",
            "form": row.form.name,
            "results": row.results,
            "case_url": row.case_url,
            "state": str(EnrolmentState(row.state).label),
        },
        birth_date=person.birth_date,
        entered_on=row.entered_on,
        left_on=row.left_on,
        is_passed=row.is_passed,
        is_remote=row.is_remote,
        sex=person.sex,
        available=row.available,
        wanted_ages=(row.wanted_age_from, row.wanted_age_to),
        signers=_signers(person) if person.is_minor_on(today) else (),
        partners=tuple(partners),
    )


def _signers(person: Person) -> list[str]:
    """«Ольхина Вера Павловна (мать), +7 900 123-45-67, vera@home.test»"""
    return [
        ", ".join(
            filter(
                None,
                (
                    f"{bond.guardian.full_name} ({Authority(bond.authority).label})",
                    bond.guardian.phone,
                    bond.guardian.email,
                ),
            )
        )
        for bond in person.guardianships.all()
    ]
