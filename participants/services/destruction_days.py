"""What the worker does once a day about destructions: purposes that were reached, letters before the day, terms that end."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.files import delete_file
from core.journal import record_event
from core.models import Membership, Role, School, StoredFile
from core.notices import queue_notice
from participants.models import (
    LIVE_CONSENTS,
    TAKING_PART,
    Consent,
    ConsentPage,
    Destruction,
    DestructionGround,
    DestructionState,
    Enrolment,
    Person,
)
from participants.services.cycles import today_in
from participants.services.destruction import start_clock

DESTRUCTION_DUE = "destruction-due"
"""The kind of the letter to the curators; `participants.curator_letters` writes it."""
A_DAY = timedelta(days=1)
"""Schools are in many time zones: papers go when their last day is over in each."""
LETTER_DAYS = (10, 3, 1, 0)
"""Days before the last one on which a letter goes out; afterwards one goes every day until it is done."""


def start_reached_clocks() -> int:
    """Start the clock of those who took part, take part no longer and gave no consent that still lives; their number."""
    live = Consent.objects.filter(person=OuterRef("pk"), state__in=LIVE_CONSENTS)
    parts = Enrolment.objects.filter(person=OuterRef("pk"))
    over = Person.objects.present().filter(Exists(parts)).exclude(Exists(live))
    over = over.exclude(Exists(Destruction.objects.filter(person=OuterRef("pk"), state=DestructionState.DUE)))
    started = 0
    for person in over.select_related("school").order_by("pk"):
        going = person.enrolments.filter(state__in=TAKING_PART, cycle__programme__ends_on__gte=today_in(person.school))
        if not going.exists():
            started += start_clock(person=person, ground=DestructionGround.REACHED, by=SYSTEM) is not None
    return started


def tell_of_due_destructions() -> int:
    """Queue a letter to every curator of a school where a day is near or past; the number of letters."""
    schools = School.objects.filter(destructions__state=DestructionState.DUE).distinct().order_by("pk")
    return sum(_tell(school, today_in(school)) for school in schools)


def _tell(school: School, today: date) -> int:
    days = school.destructions.filter(state=DestructionState.DUE).values_list("due_on", flat=True)
    left = [(day - today).days for day in days]
    if not any(count in LETTER_DAYS or count < 0 for count in left):
        return 0
    curators = Membership.objects.active().filter(school=school, role=Role.CURATOR).exclude(user__email="")
    for membership in curators.select_related("user"):
        queue_notice(
            key=f"{DESTRUCTION_DUE}:{school.pk}:{today.isoformat()}:{membership.user_id}",
            kind=DESTRUCTION_DUE,
            user=membership.user,
            school=school,
            payload={"today": today.isoformat()},
        )
    return len(curators)


def end_keeping() -> int:
    """Delete the sealed papers whose term is over; the number of destructions that have none now."""
    rows = Destruction.objects.filter(state=DestructionState.DONE, act__isnull=False)
    past = rows.filter(kept_until__lt=timezone.localdate() - A_DAY).select_related("school", "person")
    return sum(_unseal(row, SYSTEM) for row in past.order_by("pk"))


def _unseal(row: Destruction, by: Actor) -> bool:
    """Delete everything sealed of one destruction; papers that others share go with the last of them."""
    with transaction.atomic():
        row = Destruction.objects.select_for_update(of=("self",)).select_related("school", "act__school").get(pk=row.pk)
        if row.act is None:
            return False
        papers = [file for file in (row.act, row.extract) if file]
        row.act = row.extract = None
        row.save(update_fields=("act", "extract"))
        files = _consent_files(row) + [file for file in papers if not _is_shared(file)]
        for file in files:
            delete_file(file, by=by)
        record_event(verb="end keeping", thing=row, school=row.school, detail={"files": len(files)}, by=by)
    return True


def _consent_files(row: Destruction) -> list[StoredFile]:
    """The forms and copies of the person's consents, let go of by their rows."""
    files: list[StoredFile] = []
    for page in ConsentPage.objects.filter(consent__in=row.consents()).select_related("file__school"):
        files.append(page.file)
        page.delete()
    for consent in row.consents().filter(paper__isnull=False).select_related("paper__school"):
        files += [consent.paper] if consent.paper else []
        consent.paper = None
        consent.save(update_fields=("paper",))
    return files


def _is_shared(file: StoredFile) -> bool:
    return Destruction.objects.filter(act=file).exists() or Destruction.objects.filter(extract=file).exists()
