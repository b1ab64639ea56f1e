"""What the constraints on what surrounds the register let through and what they refuse."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils import timezone

from participants.models import (
    Datum,
    DestructionGround,
    InterviewOutcome,
    NoteSource,
    PilePageStatus,
    PileState,
    RowStatus,
    Sex,
    SheetSide,
)
from tests.cases import Case, second_of
from tests.factories import (
    AreaFactory,
    AttendanceFactory,
    ChargeFactory,
    ColumnMemoryFactory,
    DestructionFactory,
    DistinctionFactory,
    InterviewFactory,
    PeopleSheetFactory,
    PersonFactory,
    PileFactory,
    PilePageFactory,
    PublicResourceFactory,
    PublishedItemFactory,
    RegisterRulesFactory,
    SheetRowFactory,
    ThirdPartyNoteFactory,
)

BARE = {
    "surname": "",
    "given_name": "",
    "patronymic": "",
    "birth_date": None,
    "class_name": "",
    "pseudonym": "П-7K2M9Q",
}


def destroyed(**columns: object) -> object:
    return PersonFactory(**BARE | {"destroyed_at": timezone.now()} | columns)


def itself_told_apart() -> object:
    person = PersonFactory()
    return DistinctionFactory(first=person, second=person)


CASES: dict[str, Case] = {
    "sex_is_known_or_unsaid": Case(
        tuple(partial(PersonFactory, sex=sex) for sex in ("", *Sex)), (lambda: PersonFactory(sex="x"),)
    ),
    "a_destroyed_person_has_a_pseudonym_alone": Case(
        (destroyed, PersonFactory),
        (
            lambda: destroyed(pseudonym=""),
            lambda: PersonFactory(pseudonym="П-7K2M9Q"),
            *(
                partial(destroyed, **left)
                for left in (
                    {"surname": "Ольхин"},
                    {"given_name": "Мирон"},
                    {"patronymic": "Захарович"},
                    {"birth_date": date(2014, 3, 5)},
                    {"class_name": "7 «Б»"},
                    {"post": "учитель"},
                    {"kind": "teacher", "email": "miron@home.test"},
                    {"kind": "teacher", "phone": "+7 900 000-00-00"},
                    {"sex": "m"},
                    {"subject": "физика"},
                    {"teaching_since": 2010},
                )
            ),
        ),
    ),
    "a_charge_is_a_class_or_a_person": Case(
        (ChargeFactory, lambda: ChargeFactory(single=True)),
        (lambda: ChargeFactory(class_name=""), lambda: ChargeFactory(single=True, class_name="7 «Б»")),
    ),
    "one_charge_per_member_and_class": Case(
        (
            second_of(ChargeFactory, lambda row: {"membership": row.membership, "class_name": "8 «А»"}),
            second_of(ChargeFactory, lambda row: {"class_name": row.class_name}),
        ),
        (second_of(ChargeFactory, lambda row: {"membership": row.membership, "class_name": row.class_name}),),
    ),
    "one_charge_per_member_and_person": Case(
        (
            second_of(ChargeFactory, lambda row: {"membership": row.membership, "single": True}, single=True),
            second_of(ChargeFactory, lambda row: {"person": row.person, "class_name": ""}, single=True),
        ),
        (
            second_of(
                ChargeFactory,
                lambda row: {"membership": row.membership, "person": row.person, "class_name": ""},
                single=True,
            ),
        ),
    ),
    "one_area_per_school_and_name": Case(
        (second_of(AreaFactory, lambda row: {"name": row.name}),),
        (second_of(AreaFactory, lambda row: {"name": row.name, "school": row.school}),),
    ),
    "outcome_is_known": Case(
        tuple(partial(InterviewFactory, outcome=outcome) for outcome in InterviewOutcome),
        (lambda: InterviewFactory(outcome="perhaps"),),
    ),
    "one_attendance_per_training_and_mentor": Case(
        (second_of(AttendanceFactory, lambda row: {"training": row.training}),),
        (second_of(AttendanceFactory, lambda row: {"training": row.training, "enrolment": row.enrolment}),),
    ),
    "only_who_came_has_a_result": Case(
        (AttendanceFactory, lambda: AttendanceFactory(came=True), lambda: AttendanceFactory(has_come=False)),
        (lambda: AttendanceFactory(has_passed=True), lambda: AttendanceFactory(has_come=False, has_passed=False)),
    ),
    "note_source_is_known": Case(
        tuple(partial(ThirdPartyNoteFactory, source=source) for source in NoteSource),
        (lambda: ThirdPartyNoteFactory(source="rumour"),),
    ),
    "one_resource_per_school_and_address": Case(
        (second_of(PublicResourceFactory, lambda row: {"url": row.url}),),
        (second_of(PublicResourceFactory, lambda row: {"url": row.url, "school": row.school}),),
    ),
    "datum_is_known": Case(
        tuple(partial(PublishedItemFactory, datum=datum) for datum in Datum),
        (lambda: PublishedItemFactory(datum="health"),),
    ),
    "one_choice_per_consent_resource_and_datum": Case(
        (
            second_of(
                PublishedItemFactory, lambda row: {"consent": row.consent, "resource": row.resource, "datum": "photo"}
            ),
        ),
        (second_of(PublishedItemFactory, lambda row: {"consent": row.consent, "resource": row.resource}),),
    ),
    "sheet_side_is_known": Case(
        tuple(partial(PeopleSheetFactory, side=side) for side in SheetSide), (lambda: PeopleSheetFactory(side="both"),)
    ),
    "sheet_was_written_at_a_time": Case(
        tuple(
            partial(PeopleSheetFactory, **trait)
            for trait in ({}, *({name: True} for name in ("compared", "written", "back")))
        ),
        (
            lambda: PeopleSheetFactory(written=True, written_at=None),
            lambda: PeopleSheetFactory(back=True, written_at=None),
            lambda: PeopleSheetFactory(written_at=timezone.now()),
            lambda: PeopleSheetFactory(state="lost"),
        ),
    ),
    "one_row_per_sheet_and_number": Case(
        (second_of(SheetRowFactory, lambda row: {"number": row.number}),),
        (second_of(SheetRowFactory, lambda row: {"number": row.number, "sheet": row.sheet}),),
    ),
    "row_status_is_known": Case(
        tuple(partial(SheetRowFactory, status=status) for status in RowStatus),
        (lambda: SheetRowFactory(status="perhaps"),),
    ),
    "a_wrong_row_is_never_written": Case(
        (lambda: SheetRowFactory(is_written=True),), (lambda: SheetRowFactory(status="wrong", is_written=True),)
    ),
    "one_meaning_per_header": Case(
        (
            second_of(ColumnMemoryFactory, lambda row: {"header_key": row.header_key}),
            second_of(
                ColumnMemoryFactory, lambda row: {"header_key": row.header_key, "school": row.school, "side": "mentor"}
            ),
        ),
        (second_of(ColumnMemoryFactory, lambda row: {"header_key": row.header_key, "school": row.school}),),
    ),
    "memory_side_is_known": Case(
        tuple(partial(ColumnMemoryFactory, side=side) for side in SheetSide),
        (lambda: ColumnMemoryFactory(side="both"),),
    ),
    "pile_state_is_known": Case(
        tuple(partial(PileFactory, state=state) for state in PileState), (lambda: PileFactory(state="lost"),)
    ),
    "one_page_per_pile_and_number": Case(
        (second_of(PilePageFactory, lambda row: {"number": row.number}),),
        (second_of(PilePageFactory, lambda row: {"number": row.number, "pile": row.pile}),),
    ),
    "pile_page_status_is_known": Case(
        tuple(partial(PilePageFactory, status=status) for status in PilePageStatus),
        (lambda: PilePageFactory(status="lost"),),
    ),
    "ground_is_known": Case(
        tuple(partial(DestructionFactory, ground=ground) for ground in DestructionGround),
        (lambda: DestructionFactory(ground="whim"),),
    ),
    "destruction_was_done_at_a_time": Case(
        (DestructionFactory, lambda: DestructionFactory(done=True), lambda: DestructionFactory(lifted=True)),
        (
            lambda: DestructionFactory(done=True, done_at=None),
            lambda: DestructionFactory(done=True, kept_until=None),
            lambda: DestructionFactory(done_at=timezone.now()),
            lambda: DestructionFactory(lifted=True, kept_until=timezone.localdate()),
            lambda: DestructionFactory(state="lost"),
        ),
    ),
    "destruction_is_of_a_known_side": Case(
        (lambda: DestructionFactory(side="mentee"), lambda: DestructionFactory(side="mentor")),
        (lambda: DestructionFactory(side="parent"),),
    ),
    "one_destruction_due_per_person_and_side": Case(
        (
            second_of(DestructionFactory, lambda row: {"person": row.person, "side": "mentee"}),
            second_of(DestructionFactory, lambda row: {"person": row.person}, done=True),
            second_of(DestructionFactory, lambda row: {"person": row.person}, lifted=True),
        ),
        (second_of(DestructionFactory, lambda row: {"person": row.person}),),
    ),
    "two_people_are_told_apart_in_order": Case(
        (DistinctionFactory,),
        (lambda: DistinctionFactory(second=PersonFactory(), first=PersonFactory()), itself_told_apart),
    ),
    "two_people_are_told_apart_once": Case(
        (second_of(DistinctionFactory, lambda row: {"first": row.first}),),
        (second_of(DistinctionFactory, lambda row: {"first": row.first, "second": row.second}),),
    ),
    "kept_one_to_ten_years": Case(
        (lambda: RegisterRulesFactory(kept_years=1), lambda: RegisterRulesFactory(kept_years=10)),
        (lambda: RegisterRulesFactory(kept_years=0), lambda: RegisterRulesFactory(kept_years=11)),
    ),
}
