"""What surrounds the register: charges, preparation, notes, spreadsheets, piles, destruction."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from core.models import Role
from participants.models import (
    Area,
    Attendance,
    Charge,
    ColumnMemory,
    Datum,
    Destruction,
    DestructionGround,
    DestructionState,
    Distinction,
    Interview,
    InterviewOutcome,
    NoteSource,
    PeopleSheet,
    Pile,
    PilePage,
    PilePageStatus,
    PileState,
    PublicResource,
    PublishedItem,
    RegisterRules,
    RowStatus,
    SheetRow,
    SheetSide,
    SheetState,
    ThirdPartyNote,
    Training,
)
from tests.factories.consents import ConsentFactory
from tests.factories.people import EnrolmentFactory, PersonFactory
from tests.factories.programmes import CycleFactory
from tests.factories.rows import RowFactory
from tests.factories.schools import MembershipFactory, SchoolFactory, StoredFileFactory, UserFactory


class AreaFactory(RowFactory[Area]):
    class Meta:
        model = Area

    school = SubFactory(SchoolFactory)
    name = Sequence(lambda n: f"Математика {n}")


class ChargeFactory(RowFactory[Charge]):
    """A class teacher in charge of a class; `single` is in charge of one person."""

    class Meta:
        model = Charge

    class Params:
        single = Trait(class_name="", person=SubFactory(PersonFactory, school=SelfAttribute("..membership.school")))

    membership = SubFactory(MembershipFactory, role=Role.CLASS_TEACHER)
    class_name = "7 «Б»"


class InterviewFactory(RowFactory[Interview]):
    class Meta:
        model = Interview

    enrolment = SubFactory(EnrolmentFactory, mentor=True)
    held_on = date(2026, 10, 5)
    outcome = InterviewOutcome.PASSED


class TrainingFactory(RowFactory[Training]):
    class Meta:
        model = Training

    cycle = SubFactory(CycleFactory)
    title = "Первая встреча: как слушать"
    held_on = date(2026, 10, 12)


class AttendanceFactory(RowFactory[Attendance]):
    """A mentor put down for a training; `came` was there."""

    class Meta:
        model = Attendance

    class Params:
        came = Trait(has_come=True, has_passed=True)

    enrolment = SubFactory(EnrolmentFactory, mentor=True)
    training = SubFactory(TrainingFactory, cycle=SelfAttribute("..enrolment.cycle"))


class ThirdPartyNoteFactory(RowFactory[ThirdPartyNote]):
    class Meta:
        model = ThirdPartyNote

    enrolment = SubFactory(EnrolmentFactory)
    source = NoteSource.CLASS_TEACHER
    text = "Стесняется отвечать у доски"


class PublicResourceFactory(RowFactory[PublicResource]):
    class Meta:
        model = PublicResource

    school = SubFactory(SchoolFactory)
    name = "Сайт школы"
    url = Sequence(lambda n: f"https://school{n}.example/mentoring/")


class PublishedItemFactory(RowFactory[PublishedItem]):
    class Meta:
        model = PublishedItem

    consent = SubFactory(ConsentFactory, publish=True)
    resource = SubFactory(PublicResourceFactory, school=SelfAttribute("..consent.person.school"))
    datum = Datum.NAME


class PeopleSheetFactory(RowFactory[PeopleSheet]):
    """A spreadsheet whose columns were read; traits are its later states."""

    class Meta:
        model = PeopleSheet

    class Params:
        compared = Trait(state=SheetState.COMPARED)
        written = Trait(state=SheetState.WRITTEN, written_at=LazyFunction(timezone.now))
        back = Trait(state=SheetState.TAKEN_BACK, written_at=LazyFunction(timezone.now))

    school = SubFactory(SchoolFactory)
    side = SheetSide.MENTEE
    name = "Ученики 7 классов.xlsx"
    created_by = SubFactory(UserFactory)


class SheetRowFactory(RowFactory[SheetRow]):
    class Meta:
        model = SheetRow

    sheet = SubFactory(PeopleSheetFactory, compared=True)
    number = Sequence(lambda n: n + 2)
    status = RowStatus.NEW


class ColumnMemoryFactory(RowFactory[ColumnMemory]):
    class Meta:
        model = ColumnMemory

    school = SubFactory(SchoolFactory)
    side = SheetSide.MENTEE
    header_key = Sequence(lambda n: f"фио ученика {n}")
    field = "full_name"


class PileFactory(RowFactory[Pile]):
    """A pile being read; `read` has been."""

    class Meta:
        model = Pile

    class Params:
        read = Trait(state=PileState.READ)

    school = SubFactory(SchoolFactory)
    name = "Согласия 7 Б.pdf"
    file = SubFactory(StoredFileFactory, school=SelfAttribute("..school"), purpose="pile")
    created_by = SubFactory(UserFactory)


class PilePageFactory(RowFactory[PilePage]):
    """A page whose code could not be read; traits are the other ends."""

    class Meta:
        model = PilePage

    class Params:
        filed = Trait(
            status=PilePageStatus.FILED,
            file=None,
            consent=SubFactory(ConsentFactory, sent=True, person__school=SelfAttribute("...pile.school")),
        )
        discarded = Trait(status=PilePageStatus.DISCARDED, file=None)

    pile = SubFactory(PileFactory, read=True)
    number = Sequence(lambda n: n + 1)
    status = PilePageStatus.UNREAD
    file = SubFactory(
        StoredFileFactory,
        school=SelfAttribute("..pile.school"),
        purpose="pile page",
        name="1.jpg",
        content_type="image/jpeg",
    )


class DestructionFactory(RowFactory[Destruction]):
    """Data that are to be destroyed after a withdrawal; traits are its later states."""

    class Meta:
        model = Destruction

    class Params:
        done = Trait(
            state=DestructionState.DONE,
            done_at=LazyFunction(timezone.now),
            done_by=SubFactory(UserFactory),
            kept_until=LazyFunction(lambda: timezone.localdate() + timedelta(days=3 * 365)),
        )
        lifted = Trait(state=DestructionState.LIFTED)

    person = SubFactory(PersonFactory)
    school = SelfAttribute("person.school")
    ground = DestructionGround.WITHDRAWN
    due_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class DistinctionFactory(RowFactory[Distinction]):
    """Two people of one school who are alike and are not one."""

    class Meta:
        model = Distinction

    first = SubFactory(PersonFactory)
    second = SubFactory(PersonFactory, school=SelfAttribute("..first.school"))


class RegisterRulesFactory(RowFactory[RegisterRules]):
    class Meta:
        model = RegisterRules

    school = SubFactory(SchoolFactory)
