"""Carrying a destruction out: what goes, what stays sealed, the papers, and what a second try does."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone

from core.files import read_file
from core.jobs import run_due_jobs
from core.journal import broken_links
from core.models import Event, Job, JobState, Notice, Role, StoredFile, User
from pairing.models import Match, Meeting, Mentorship
from participants.models import (
    Consent,
    ConsentPage,
    ConsentState,
    Destruction,
    DestructionGround,
    DestructionState,
    Enrolment,
    Guardian,
    Person,
    PilePage,
    SheetRow,
)
from participants.services.carrying import carry_out
from participants.services.demanding import demand_destruction, start_destroying
from participants.services.destruction_days import end_keeping, start_reached_clocks, tell_of_due_destructions
from participants.services.destruction_terms import last_day_for, last_kept_day
from reports.models import OrderLine
from tests.factories import (
    AttendanceFactory,
    ConsentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    InterviewFactory,
    PersonFactory,
    RegisterRulesFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.doomed import ADDRESS, GUARDIAN, SURNAME, WORDS, Doomed, make_doomed, withdraw
from tests.test_docs import columns, retention_policy

pytestmark = pytest.mark.django_db

ARCHIVE = {"reports.Order", "reports.OrderLine"}
"""Orders in force are papers of the archive and keep the names."""


def destroyed() -> Doomed:
    doomed = make_doomed()
    carry_out(destructions=[withdraw(doomed).pk], sheets=4, by=doomed.curator)
    return doomed


def texts_of(row: models.Model) -> str:
    return " ".join(str(getattr(row, column.attname)) for column in row._meta.concrete_fields)


def rows_that_tell(*words: str) -> list[str]:
    """Every row of the whole database that still holds one of the words, orders apart."""
    return [
        f"{model._meta.label} {row.pk}: {word}"
        for model in apps.get_models()
        if model._meta.label not in ARCHIVE
        for row in model._default_manager.all()
        for word in words or WORDS
        if word.lower() in texts_of(row).lower()
    ]


def words_of_pdf(stored: StoredFile) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(read_file(stored)))
    return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_before_a_destruction_the_search_finds_the_words() -> None:
    make_doomed()

    assert len({line.split(":")[0].split()[0] for line in rows_that_tell()}) > 10


def test_after_a_destruction_no_row_holds_a_word_of_the_person() -> None:
    destroyed()

    assert rows_that_tell() == []
    assert list(broken_links()) == []


def test_the_person_becomes_a_pseudonym_and_stays_in_the_figures() -> None:
    doomed = destroyed()
    person = Person.objects.get(pk=doomed.person.pk)

    assert (person.surname, person.birth_date, person.user, person.search_key, person.sort_key) == (
        "",
        None,
        None,
        "",
        "",
    )
    assert person.full_name == person.pseudonym
    assert len(person.pseudonym) == 8
    assert person.enrolments.count() == 1
    assert not Person.objects.visible_to(doomed.curator).filter(pk=person.pk).exists()
    assert not Consent.objects.visible_to(doomed.curator).filter(person=person).exists()


def test_a_guardian_goes_with_the_last_child_and_stays_with_another() -> None:
    doomed = make_doomed()
    first, second = Guardian.objects.filter(guardianships__minor=doomed.person).order_by("pk")
    other = PersonFactory(school=doomed.person.school)
    GuardianshipFactory(minor=other, guardian=second)

    carry_out(destructions=[withdraw(doomed).pk], sheets=0, by=doomed.curator)

    assert not Guardian.objects.filter(pk=first.pk).exists()
    assert list(second.guardianships.values_list("minor", flat=True)) == [other.pk]
    assert not Consent.objects.filter(person=doomed.person).exclude(guardian=None).exists()


def test_who_signed_and_represents_the_child_no_more_goes_too() -> None:
    doomed = make_doomed()
    doomed.person.guardianships.all().delete()

    carry_out(destructions=[withdraw(doomed).pk], sheets=0, by=doomed.curator)

    # The second guardian never signed: nothing ties him to the child any more.
    assert [row.email for row in Guardian.objects.filter(surname=GUARDIAN)] == [f"second-{ADDRESS}"]


def test_an_account_that_is_needed_elsewhere_stays() -> None:
    doomed = make_doomed()
    user = doomed.person.user
    actor_of(Role.CLASS_TEACHER, user=user)

    carry_out(destructions=[withdraw(doomed).pk], sheets=0, by=doomed.curator)

    assert User.objects.get(pk=user.pk).surname == SURNAME  # type: ignore[union-attr]
    assert Person.objects.get(pk=doomed.person.pk).user is None


def test_signed_consents_stay_sealed_and_the_others_lose_their_papers() -> None:
    doomed = destroyed()
    consents = {row.state: row for row in Consent.objects.filter(person=doomed.person)}

    assert consents[ConsentState.WITHDRAWN].paper is not None
    assert ConsentPage.objects.filter(consent=consents[ConsentState.WITHDRAWN]).count() == 1
    assert consents[ConsentState.DECLINED].paper is None
    assert {row.reason + row.original_place for row in consents.values()} == {""}


def test_orders_in_force_stay_and_the_lines_of_cancelled_ones_go() -> None:
    destroyed()

    assert [line.order.state for line in OrderLine.objects.filter(mentees_text__contains=SURNAME)] == ["in_force"]


def test_the_act_says_all_that_the_order_of_roskomnadzor_asks_for() -> None:
    doomed = make_doomed()
    school = doomed.person.school
    school.address, school.inn = "г. Заречный, ул. Лесная, д. 3", "7700000001"
    school.save()
    carry_out(destructions=[withdraw(doomed).pk], sheets=4, by=doomed.curator)

    row = doomed.destruction
    assert row.act
    text = words_of_pdf(row.act)

    pseudonym = row.person.pseudonym
    told = [
        school.name,
        "Лесная, д. 3",
        f"{SURNAME} Мирон Захарович",
        pseudonym,
        "дата рождения",
        "«Ступени»",
        "листов: 4",
        "в информационной системе невозможно",
        "отзыв согласия",
        "№ 179",
        doomed.curator.user.full_name,  # type: ignore[union-attr]
        "отсутствует",
        "оригинал получен 03.09.2026",
    ]
    assert [words for words in told if words not in text.replace("\u00a0", " ")] == []


def test_the_extract_names_nobody_and_holds_the_line_of_the_journal() -> None:
    doomed = destroyed()
    row = doomed.destruction
    line = Event.objects.get(verb="destroy")

    assert row.extract
    text = words_of_pdf(row.extract)

    assert row.person.pseudonym in text
    assert line.digest[:20] in text.replace(" ", "").replace("\u00ad", "")
    assert SURNAME not in text
    assert line.detail["pseudonym"] == row.person.pseudonym


def test_a_second_carrying_out_changes_nothing() -> None:
    doomed = destroyed()
    before = Event.objects.count()

    assert carry_out(destructions=[doomed.destruction.pk], sheets=0, by=doomed.curator) == []
    assert Event.objects.count() == before


def test_a_failure_in_the_middle_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    before = rows_that_tell()
    settings.FILES_DIR = settings.FILES_DIR / "absent" / "\0"

    with pytest.raises(ValueError, match="null byte"):
        carry_out(destructions=[due.pk], sheets=0, by=doomed.curator)

    settings.FILES_DIR = settings.FILES_DIR.parent.parent
    assert rows_that_tell() == before
    assert Destruction.objects.get(pk=due.pk).state == DestructionState.DUE


def test_who_has_a_new_consent_is_not_destroyed() -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    ConsentFactory(person=doomed.person, guardian=None, in_force=True)

    assert carry_out(destructions=[due.pk], sheets=0, by=doomed.curator) == []

    due.refresh_from_db()
    assert due.state == DestructionState.LIFTED
    assert Person.objects.get(pk=doomed.person.pk).surname == SURNAME


def test_several_people_stand_in_one_act() -> None:
    doomed = make_doomed()
    second = cleared_enrolment(person__school=doomed.person.school).person
    due = [withdraw(doomed), demand_destruction(person=second, ground=DestructionGround.DEMAND, by=doomed.curator)]

    carry_out(destructions=[row.pk for row in due], sheets=0, by=doomed.curator)

    acts = set(Destruction.objects.filter(pk__in=[row.pk for row in due]).values_list("act", flat=True))
    assert len(acts) == 1
    assert None not in acts
    text = words_of_pdf(StoredFile.objects.get(pk=acts.pop()))
    assert SURNAME in text
    assert second.surname in text


def test_rows_of_another_school_are_not_carried_out() -> None:
    doomed = make_doomed()
    due = withdraw(doomed)

    assert carry_out(destructions=[due.pk], sheets=0, by=actor_of(Role.CURATOR)) == []


def test_the_worker_carries_out_once_however_often_it_is_asked() -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    jobs = {start_destroying(destructions=[due], sheets=0, by=doomed.curator).pk for _ in range(3)}

    run_due_jobs(most=1)

    assert len(jobs) == 1
    assert Job.objects.get(pk=jobs.pop()).state == JobState.DONE
    assert Event.objects.filter(verb="destroy").count() == 1


def test_papers_are_deleted_after_their_term() -> None:
    doomed = make_doomed()
    RegisterRulesFactory(school=doomed.person.school, kept_years=1)
    carry_out(destructions=[withdraw(doomed).pk], sheets=0, by=doomed.curator)
    row = doomed.destruction
    assert row.kept_until == last_kept_day(timezone.localdate(), 1)
    assert end_keeping() == 0

    Destruction.objects.update(kept_until=timezone.localdate() - timedelta(days=2))

    assert (end_keeping(), end_keeping()) == (1, 0)
    row.refresh_from_db()
    assert (row.act, row.extract, row.state) == (None, None, DestructionState.DONE)
    assert not ConsentPage.objects.filter(consent__person=doomed.person).exists()
    assert set(Consent.objects.filter(person=doomed.person).values_list("paper", flat=True)) == {None}


def test_a_demand_stops_the_use_at_once() -> None:
    doomed = make_doomed()

    row = demand_destruction(person=doomed.person, ground=DestructionGround.DEMAND, by=doomed.curator)

    assert row.state == DestructionState.DUE
    assert not Consent.objects.filter(person=doomed.person, ended_at=None).exists()
    assert not doomed.person.enrolments.enrolled().exists()


def test_the_clock_of_a_reached_purpose_starts_by_itself() -> None:
    over = EnrolmentFactory(left=True).person
    going = EnrolmentFactory().person
    cleared = cleared_enrolment().person
    PersonFactory()

    assert start_reached_clocks() == 1
    assert start_reached_clocks() == 0
    assert [row.person for row in Destruction.objects.all()] == [over]
    assert {going, cleared}.isdisjoint({row.person for row in Destruction.objects.all()})


@pytest.mark.parametrize(
    ("ground", "since", "last"),
    [
        (DestructionGround.WITHDRAWN, date(2026, 11, 23), date(2026, 12, 23)),
        (DestructionGround.EXPIRED, date(2026, 1, 30), date(2026, 3, 1)),
        (DestructionGround.REACHED, date(2028, 1, 30), date(2028, 2, 29)),
        (DestructionGround.DEMAND, date(2026, 11, 23), date(2026, 12, 7)),
        (DestructionGround.DEMAND, date(2026, 12, 29), date(2027, 1, 20)),
        (DestructionGround.UNLAWFUL, date(2026, 6, 8), date(2026, 6, 23)),
    ],
)
def test_each_ground_has_its_term(ground: DestructionGround, since: date, last: date) -> None:
    assert last_day_for(ground, since) == last


def test_a_term_of_years_ends_on_the_last_of_february() -> None:
    assert last_kept_day(date(2028, 2, 29), 3) == date(2031, 2, 28)


def test_curators_hear_of_it_before_the_day_once_a_day() -> None:
    doomed = make_doomed()
    row = withdraw(doomed)
    assert tell_of_due_destructions() == 0

    Destruction.objects.filter(pk=row.pk).update(due_on=timezone.localdate() + timedelta(days=3))

    assert tell_of_due_destructions() == 1
    assert tell_of_due_destructions() == 1
    assert Notice.objects.filter(user=doomed.curator.user, kind="destruction-due").count() == 1


def test_rows_of_uploaded_sheets_that_only_name_him_go_too() -> None:
    doomed = make_doomed()
    assert SheetRow.objects.count() == 2

    carry_out(destructions=[withdraw(doomed).pk], sheets=0, by=doomed.curator)

    with pytest.raises(ObjectDoesNotExist):
        SheetRow.objects.get()


def test_every_personal_column_of_rows_that_stay_is_emptied() -> None:
    """By `docs/data_retention.toml`: a column that is added there without being destroyed fails here."""
    doomed = make_doomed()
    due = withdraw(doomed)
    part = doomed.person.enrolments.get()
    pairs = Mentorship.objects.filter(places__mentee=part)
    about: dict[str, models.QuerySet[Any]] = {
        "participants.Person": Person.objects.filter(pk=doomed.person.pk),
        "participants.Enrolment": Enrolment.objects.filter(pk=part.pk),
        "participants.Consent": Consent.objects.filter(person=doomed.person),
        "participants.PilePage": PilePage.objects.filter(consent__person=doomed.person),
        "pairing.Match": Match.objects.filter(mentee=part),
        "pairing.Mentorship": pairs,
        "pairing.Meeting": Meeting.objects.filter(mentorship__in=pairs),
        "core.User": User.objects.filter(people=doomed.person),
    }
    emptied = {
        label: columns(row, "fields") for label, row in retention_policy().items() if row["destroyed"] == "columns"
    }
    rows = {label: list(about[label].values_list("pk", flat=True)) for label in emptied}
    filled = [fill(row, emptied[label]) for label in emptied for row in about[label]]

    carry_out(destructions=[due.pk], sheets=0, by=doomed.curator)

    left = [
        f"{label}.{name}: {getattr(row, name)!r}"
        for label, names in emptied.items()
        for row in about[label].model._default_manager.filter(pk__in=rows[label])
        for name in names
        if getattr(row, name) and not (label == "core.User" and name in {"login", "search_key", "sort_key"})
    ]
    assert left == []
    assert sum(filled) > 15
    assert all(rows.values())


def test_a_mentor_goes_with_his_account_and_the_words_of_his_meetings() -> None:
    place = make_doomed().person.enrolments.get().places.get()
    mentor, school = place.mentorship.mentor.person, place.mentorship.school
    mentor.surname, mentor.phone, mentor.email, mentor.kind = (
        "Дроздецкий",
        "+7 903 000-11-22",
        "drozd@home.test",
        "expert",
    )
    mentor.class_name = ""
    mentor.save()
    InterviewFactory(enrolment=place.mentorship.mentor, note="Дроздецкий волнуется")
    AttendanceFactory(enrolment=place.mentorship.mentor)
    curator = actor_of(Role.CURATOR, school)
    due = demand_destruction(person=mentor, ground=DestructionGround.UNLAWFUL, by=curator)

    carry_out(destructions=[due.pk], sheets=0, by=curator)

    left = [line for word in ("Дроздецкий", "903 000-11-22", "drozd@home.test") for line in rows_that_tell(word)]
    assert left == []
    assert Meeting.objects.get(mentorship=place.mentorship).summary == ""
    assert Mentorship.objects.get(pk=place.mentorship.pk).mentor.person.full_name.startswith("П-")
    assert Person.objects.get(surname=SURNAME)


def fill(row: models.Model, names: list[str]) -> int:
    """Put the name into every empty text among these columns; how many there were."""
    texts = [
        column.name
        for column in row._meta.concrete_fields
        if column.name in names and column.editable and isinstance(column, models.CharField | models.TextField)
        if not column.choices and not isinstance(column, models.EmailField | models.URLField)
        if column.name not in {"email", "phone", "login"}
    ]
    for name in texts:
        setattr(row, name, getattr(row, name) or SURNAME)
    row.save()
    return len(texts)
