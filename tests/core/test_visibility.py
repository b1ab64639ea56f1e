from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from accounts.models import Card, Invitation
from core.actors import NOBODY, SYSTEM, Actor, link_actor
from core.models import Event, Job, Membership, Notice, Role, School, SchoolPeriod, StoredFile
from pairing.models import (
    Agreement,
    ApprovalRule,
    Gathering,
    Guest,
    Match,
    Meeting,
    Mentorship,
    PairingRules,
    PairNote,
    Place,
    Scenario,
    ScenarioBan,
    ScenarioPair,
    Seat,
    Submission,
)
from participants.models import (
    Area,
    Attendance,
    Charge,
    ColumnMemory,
    Consent,
    ConsentPage,
    ConsentText,
    Destruction,
    Distinction,
    DraftPage,
    Enrolment,
    Guardian,
    Guardianship,
    Interview,
    MentoringForm,
    PeopleSheet,
    Person,
    PersonalLink,
    Pile,
    PilePage,
    PublicResource,
    PublishedItem,
    RegisterRules,
    RoleModel,
    SheetRow,
    ThirdPartyNote,
    Training,
)
from reports.models import MonitoringReport, Order, OrderLine
from roadmap.models import (
    Activity,
    Approval,
    CalendarFeed,
    Change,
    Cycle,
    Draft,
    Programme,
    Proof,
    Quiet,
    ReminderChoice,
    Responsible,
    Stage,
    StageClosing,
    Version,
    Window,
)
from surveys.models import (
    Answer,
    Campaign,
    ClassDoor,
    ComparisonGroup,
    Measurement,
    Parameter,
    Questionnaire,
    QuestionnaireVersion,
    Respondent,
    Response,
)
from tests.factories import (
    MeetingFactory,
    PlaceFactory,
    SchoolFactory,
    actor_of,
    factory_of,
    installation_admin,
)

pytestmark = pytest.mark.django_db

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
SURVEYORS = STAFF | {Role.PSYCHOLOGIST}
KEEPERS = frozenset({Role.CURATOR, Role.PSYCHOLOGIST})
READERS = STAFF | {Role.PSYCHOLOGIST, Role.CLASS_TEACHER}

SEEN_BY: dict[Any, tuple[str, frozenset[Role]]] = {
    School: ("", EVERYONE),
    SchoolPeriod: ("school", EVERYONE),
    Membership: ("school", STAFF),
    Event: ("school", STAFF),
    Notice: ("school", STAFF),
    Job: ("school", STAFF),
    StoredFile: ("school", STAFF),
    Invitation: ("school", STAFF),
    Card: ("school", STAFF),
    Programme: ("school", READERS),
    Cycle: ("programme__school", READERS),
    Stage: ("programme__school", READERS),
    Approval: ("programme__school", READERS),
    Activity: ("stage__programme__school", READERS),
    Window: ("activity__stage__programme__school", READERS),
    Responsible: ("activity__stage__programme__school", READERS),
    Version: ("programme__school", READERS),
    Change: ("programme__school", READERS),
    Proof: ("window__activity__stage__programme__school", READERS),
    StageClosing: ("stage__programme__school", READERS),
    ReminderChoice: ("school", frozenset()),
    Quiet: ("activity__stage__programme__school", frozenset()),
    CalendarFeed: ("school", frozenset()),
    Draft: ("school", frozenset({Role.CURATOR})),
    Person: ("school", STAFF),
    Guardian: ("school", STAFF),
    Guardianship: ("minor__school", STAFF),
    ConsentText: ("school", STAFF),
    Consent: ("person__school", STAFF),
    ConsentPage: ("consent__person__school", frozenset({Role.CURATOR})),
    DraftPage: ("consent__person__school", frozenset()),
    PersonalLink: ("person__school", STAFF),
    MentoringForm: ("school", EVERYONE),
    RoleModel: ("form__school", EVERYONE),
    Enrolment: ("person__school", STAFF),
    Area: ("school", EVERYONE),
    Charge: ("membership__school", STAFF),
    Interview: ("enrolment__person__school", STAFF),
    Training: ("cycle__programme__school", STAFF),
    Attendance: ("enrolment__person__school", STAFF),
    ThirdPartyNote: ("enrolment__person__school", frozenset({Role.CURATOR})),
    PublicResource: ("school", STAFF),
    PublishedItem: ("consent__person__school", STAFF),
    PeopleSheet: ("school", frozenset({Role.CURATOR})),
    SheetRow: ("sheet__school", frozenset({Role.CURATOR})),
    ColumnMemory: ("school", frozenset({Role.CURATOR})),
    Pile: ("school", frozenset({Role.CURATOR})),
    PilePage: ("pile__school", frozenset({Role.CURATOR})),
    Distinction: ("first__school", frozenset({Role.CURATOR})),
    Destruction: ("person__school", STAFF),
    RegisterRules: ("school", STAFF),
    Match: ("school", STAFF),
    ApprovalRule: ("school", STAFF),
    Mentorship: ("school", STAFF),
    Place: ("school", STAFF),
    Meeting: ("mentorship", STAFF),
    PairingRules: ("form__school", frozenset({Role.CURATOR})),
    PairNote: ("school", frozenset({Role.CURATOR})),
    Scenario: ("school", frozenset({Role.CURATOR})),
    ScenarioPair: ("scenario__school", frozenset({Role.CURATOR})),
    ScenarioBan: ("scenario__school", frozenset({Role.CURATOR})),
    Submission: ("school", STAFF),
    Agreement: ("match__school", STAFF),
    Gathering: ("school", STAFF),
    Guest: ("gathering__school", STAFF),
    Seat: ("gathering__school", STAFF),
    Questionnaire: ("school", SURVEYORS),
    QuestionnaireVersion: ("questionnaire__school", SURVEYORS),
    Campaign: ("cycle__programme__school", SURVEYORS),
    Respondent: ("campaign__cycle__programme__school", SURVEYORS),
    ClassDoor: ("campaign__cycle__programme__school", SURVEYORS),
    Response: ("campaign__cycle__programme__school", KEEPERS),
    Answer: ("response__campaign__cycle__programme__school", KEEPERS),
    Parameter: ("school", SURVEYORS),
    Measurement: ("parameter__school", KEEPERS),
    ComparisonGroup: ("cycle__programme__school", SURVEYORS),
    MonitoringReport: ("cycle__programme__school", SURVEYORS),
    Order: ("school", STAFF),
    OrderLine: ("order__school", STAFF),
}
"""Of each model: the way from a row to its school, and the roles that see the rows of their school."""

SEEN_BY_LINK = {School, SchoolPeriod, MentoringForm, RoleModel, Area}
"""What the holder of a school's link sees of it."""

OWN = (Membership, Notice, Job, ReminderChoice, CalendarFeed)
"""Models of which everyone sees his own rows."""


def row_of(model: Any, school: School) -> Any:
    way = SEEN_BY[model][0]
    if model is Meeting:
        return MeetingFactory(mentorship=PlaceFactory(school=school).mentorship)
    return factory_of(model)(**{way: school}) if way else school


def sees(actor: Actor, row: Any) -> bool:
    return bool(type(row).objects.visible_to(actor).filter(pk=row.pk))


def test_every_model_with_a_rule_is_in_the_table_and_every_model_of_a_school_has_a_rule() -> None:
    own = [
        model
        for model in apps.get_models()
        if model._meta.app_config.path.startswith(str(apps.get_app_config("core").path).rsplit("/", 1)[0])
        and "site-packages" not in model._meta.app_config.path
    ]
    with_rule = {model for model in own if hasattr(model._default_manager, "visible_to")}
    of_a_school = {model for model in own if any(field.related_model is School for field in model._meta.fields)}

    assert with_rule == set(SEEN_BY), "say in SEEN_BY who sees the rows of the model"
    assert of_a_school <= with_rule


@pytest.mark.parametrize("model", SEEN_BY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_of_its_school_what_the_table_says_and_nothing_of_another(model: Any, role: Role) -> None:
    here, there = SchoolFactory(), SchoolFactory()
    actor = actor_of(role, here)
    mine, theirs = row_of(model, here), row_of(model, there)

    assert (sees(actor, mine), sees(actor, theirs)) == (role in SEEN_BY[model][1], False)


@pytest.mark.parametrize("model", SEEN_BY, ids=lambda model: model.__name__)
def test_who_has_no_role_in_the_school_sees_nothing_of_it(model: Any) -> None:
    here, there = SchoolFactory(), SchoolFactory()
    row = row_of(model, here)
    strangers = [NOBODY, SYSTEM, link_actor("card:1"), link_actor("card:1", there)]

    assert [sees(actor, row) for actor in strangers] == [False] * len(strangers)
    assert sees(link_actor("card:1", here), row) == (model in SEEN_BY_LINK)
    assert sees(installation_admin(), row) == (model is School)


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", Role)
def test_everyone_sees_his_own(model: Any, role: Role) -> None:
    actor = actor_of(role)
    own = actor.membership if model is Membership else factory_of(model)(school=actor.school, user=actor.user)

    assert sees(actor, own)


@pytest.mark.parametrize("model", [Notice, Job], ids=lambda model: model.__name__)
def test_a_row_of_nobody_is_seen_by_no_stranger(model: Any) -> None:
    school = SchoolFactory()
    row = factory_of(model)(school=school, user=None)

    assert not any(
        sees(actor, row) for actor in (NOBODY, SYSTEM, link_actor("card:1", school), actor_of(Role.MENTOR, school))
    )


def test_the_installations_own_journal_is_read_by_its_administrator_alone() -> None:
    row = factory_of(Event)()
    actors = [installation_admin(), actor_of(Role.CURATOR), actor_of(Role.ADMINISTRATOR), NOBODY]

    assert [sees(actor, row) for actor in actors] == [True, False, False, False]


def test_a_person_of_two_schools_sees_the_one_he_acts_in() -> None:
    first = actor_of()
    second = actor_of(user=first.user)
    assert first.school
    assert second.school

    assert list(School.objects.visible_to(first)) == [first.school]
    assert list(School.objects.visible_to(second)) == [second.school]
