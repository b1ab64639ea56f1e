"""What the constraints on people, consents and enrolments let through and what they refuse."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from participants.models import (
    OPEN_CONSENTS,
    TAKING_PART,
    Authority,
    ConsentKind,
    ConsentPurpose,
    ConsentRoute,
    ConsentState,
    LinkChannel,
    PersonKind,
    Side,
)
from tests.cases import Case, second_of
from tests.factories import (
    ConsentFactory,
    ConsentPageFactory,
    ConsentTextFactory,
    DraftPageFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    MentoringFormFactory,
    PersonalLinkFactory,
    PersonFactory,
    RoleModelFactory,
    UserFactory,
)
from tests.participants.register_cases import CASES as REGISTER

ENDED = ("declined", "cancelled", "withdrawn", "expired", "replaced", "invalid")


def in_state(state: ConsentState) -> dict[str, bool]:
    """The trait that makes a consent in this state; the first state needs none."""
    return {} if state == ConsentState.ASKED else {state.value: True}


def same_user_twice() -> object:
    person = PersonFactory(user=UserFactory())
    return PersonFactory(school=person.school, user=person.user)


CASES: dict[str, Case] = {
    "person_kind_is_known": Case(
        tuple(partial(PersonFactory, kind=kind) for kind in PersonKind), (lambda: PersonFactory(kind="neighbour"),)
    ),
    "a_pupil_is_reached_through_guardians": Case(
        (PersonFactory, lambda: PersonFactory(teacher=True, phone="+7 900 000-00-00")),
        (lambda: PersonFactory(email="pupil@home.test"), lambda: PersonFactory(phone="+7 900 000-00-00")),
    ),
    "one_person_per_school_and_user": Case(
        (
            second_of(PersonFactory, lambda row: {"school": row.school}),
            lambda: [PersonFactory(user=user) for user in [UserFactory()] * 2],
        ),
        (same_user_twice,),
    ),
    "one_guardianship_per_minor_and_guardian": Case(
        (
            second_of(GuardianshipFactory, lambda row: {"minor": row.minor}),
            second_of(GuardianshipFactory, lambda row: {"guardian": row.guardian}),
        ),
        (
            second_of(
                GuardianshipFactory,
                lambda row: {"minor": row.minor, "guardian": row.guardian, "authority": Authority.FATHER},
            ),
        ),
    ),
    "authority_is_known": Case(
        tuple(partial(GuardianshipFactory, authority=authority) for authority in Authority),
        (lambda: GuardianshipFactory(authority="neighbour"),),
    ),
    "link_state_is_known": Case((), (lambda: PersonalLinkFactory(state="lost"),)),
    "link_channel_is_known": Case(
        tuple(partial(PersonalLinkFactory, channel=channel) for channel in LinkChannel),
        (lambda: PersonalLinkFactory(channel="pigeon"),),
    ),
    "one_open_link_per_person_and_channel": Case(
        (
            second_of(PersonalLinkFactory, lambda row: {"person": row.person, "own": True}, own=True, revoked=True),
            second_of(
                PersonalLinkFactory, lambda row: {"person": row.person, "own": True, "channel": "slip"}, own=True
            ),
            second_of(PersonalLinkFactory, lambda row: {"person": row.person, "own": True}),
        ),
        (second_of(PersonalLinkFactory, lambda row: {"person": row.person, "own": True}, own=True),),
    ),
    "one_open_link_per_person_guardian_and_channel": Case(
        (
            second_of(PersonalLinkFactory, lambda row: {"person": row.person}),
            second_of(PersonalLinkFactory, lambda row: {"guardian": row.guardian}),
            second_of(
                PersonalLinkFactory, lambda row: {"person": row.person, "guardian": row.guardian, "channel": "slip"}
            ),
            second_of(PersonalLinkFactory, lambda row: {"person": row.person, "guardian": row.guardian}, revoked=True),
        ),
        (second_of(PersonalLinkFactory, lambda row: {"person": row.person, "guardian": row.guardian}),),
    ),
    "one_consent_text_per_school_kind_and_version": Case(
        (
            second_of(ConsentTextFactory, lambda row: {"school": row.school, "version": row.version + 1}),
            second_of(ConsentTextFactory, lambda row: {"version": row.version}),
            second_of(
                ConsentTextFactory,
                lambda row: {"school": row.school, "version": row.version, "kind": ConsentKind.LABOUR},
            ),
        ),
        (second_of(ConsentTextFactory, lambda row: {"school": row.school, "version": row.version}),),
    ),
    "text_kind_is_known": Case(
        tuple(partial(ConsentTextFactory, kind=kind) for kind in ConsentKind),
        (lambda: ConsentTextFactory(kind="all"),),
    ),
    "consent_state_is_known": Case((), (lambda: ConsentFactory(state="lost", ended_at=timezone.now()),)),
    "consent_purpose_is_known": Case(
        tuple(partial(ConsentFactory, own=True, purpose=purpose) for purpose in ConsentPurpose),
        (lambda: ConsentFactory(purpose="all", text=ConsentTextFactory()),),
    ),
    "consent_is_ended_unless_live": Case(
        tuple(
            partial(ConsentFactory, **{state: True})
            for state in ("sent", "returned", "accepted", "contested", "in_force", *ENDED)
        ),
        (
            *(
                partial(ConsentFactory, **({state: True} if state != "asked" else {}), ended_at=timezone.now())
                for state in (*OPEN_CONSENTS, "in_force")
            ),
            *(partial(ConsentFactory, **{state: True}, ended_at=None) for state in ENDED),
        ),
    ),
    "consent_was_decided_by_someone": Case(
        (
            ConsentFactory,
            lambda: ConsentFactory(sent=True),
            lambda: ConsentFactory(in_force=True),
            lambda: ConsentFactory(accepted=True),
            lambda: ConsentFactory(returned=True),
        ),
        tuple(
            partial(ConsentFactory, **{state: True, column: None})
            for state in ("in_force", "accepted", "returned")
            for column in ("decided_at", "decided_by")
        ),
    ),
    "consent_was_sent_in_an_attempt": Case(
        (lambda: ConsentFactory(in_force=True, attempt=0, sent_at=None),),
        tuple(
            partial(ConsentFactory, **{state: True}, **wrong)
            for state in ("sent", "returned")
            for wrong in ({"attempt": 0}, {"sent_at": None})
        ),
    ),
    "an_employee_signs_for_himself": Case(
        (lambda: ConsentFactory(labour=True),),
        (lambda: ConsentFactory(purpose=ConsentPurpose.LABOUR),),
    ),
    "consent_route_is_known": Case(
        tuple(partial(ConsentFactory, route=route) for route in ("", *ConsentRoute)),
        (lambda: ConsentFactory(route="pigeon"),),
    ),
    "an_original_came_on_a_day": Case(
        (lambda: ConsentFactory(original_on=timezone.localdate(), original_place="сейф"),),
        (
            lambda: ConsentFactory(original_place="сейф"),
            lambda: ConsentFactory(original_by=UserFactory()),
        ),
    ),
    "one_open_consent_per_person_and_purpose": Case(
        (
            second_of(ConsentFactory, lambda row: {"person": row.person, "own": True}, own=True, withdrawn=True),
            second_of(ConsentFactory, lambda row: {"person": row.person, "own": True}, own=True, in_force=True),
            second_of(ConsentFactory, lambda row: {"person": row.person, "labour": True}, own=True),
            second_of(ConsentFactory, lambda row: {"person": row.person, "own": True}),
        ),
        tuple(
            second_of(ConsentFactory, lambda row: {"person": row.person, "own": True}, own=True, **in_state(state))
            for state in OPEN_CONSENTS
        ),
    ),
    "one_open_consent_per_person_purpose_and_guardian": Case(
        (
            second_of(ConsentFactory, lambda row: {"person": row.person}),
            second_of(ConsentFactory, lambda row: {"guardian": row.guardian}),
            second_of(ConsentFactory, lambda row: {"person": row.person, "guardian": row.guardian}, declined=True),
            second_of(ConsentFactory, lambda row: {"person": row.person, "guardian": row.guardian}, in_force=True),
        ),
        tuple(
            second_of(ConsentFactory, lambda row: {"person": row.person, "guardian": row.guardian}, **in_state(state))
            for state in OPEN_CONSENTS
        ),
    ),
    "one_own_consent_in_force_per_purpose": Case(
        (
            second_of(
                ConsentFactory,
                lambda row: {"person": row.person, "own": True, "mentor": True, "in_force": True},
                own=True,
                in_force=True,
            ),
            second_of(ConsentFactory, lambda row: {"person": row.person, "in_force": True}, own=True, in_force=True),
        ),
        (
            second_of(
                ConsentFactory,
                lambda row: {"person": row.person, "own": True, "in_force": True},
                own=True,
                in_force=True,
            ),
        ),
    ),
    "one_consent_in_force_per_purpose_and_guardian": Case(
        (second_of(ConsentFactory, lambda row: {"person": row.person, "in_force": True}, in_force=True),),
        (
            second_of(
                ConsentFactory,
                lambda row: {"person": row.person, "guardian": row.guardian, "in_force": True},
                in_force=True,
            ),
        ),
    ),
    "one_page_per_attempt_and_place": Case(
        (
            second_of(ConsentPageFactory, lambda row: {"consent": row.consent, "attempt": 2, "place": row.place}),
            second_of(ConsentPageFactory, lambda row: {"consent": row.consent, "place": row.place + 1}),
            second_of(ConsentPageFactory, lambda row: {"place": row.place}),
        ),
        (second_of(ConsentPageFactory, lambda row: {"consent": row.consent, "place": row.place}),),
    ),
    "one_draft_page_per_place": Case(
        (
            second_of(DraftPageFactory, lambda row: {"consent": row.consent, "place": row.place + 1}),
            second_of(DraftPageFactory, lambda row: {"place": row.place}),
        ),
        (second_of(DraftPageFactory, lambda row: {"consent": row.consent, "place": row.place}),),
    ),
    "one_form_per_school_and_name": Case(
        (second_of(MentoringFormFactory, lambda row: {"name": row.name}),),
        (second_of(MentoringFormFactory, lambda row: {"name": row.name, "school": row.school}),),
    ),
    "form_model_is_known": Case(
        (MentoringFormFactory, lambda: MentoringFormFactory(employees=True)),
        (lambda: MentoringFormFactory(model="other"),),
    ),
    "kinds_of_a_form_are_known": Case(
        (
            lambda: MentoringFormFactory(mentor_kind="", mentee_kind=""),
            *(partial(MentoringFormFactory, mentor_kind=kind, mentee_kind=kind) for kind in PersonKind),
        ),
        (
            lambda: MentoringFormFactory(mentor_kind="neighbour"),
            lambda: MentoringFormFactory(mentee_kind="neighbour"),
        ),
    ),
    "one_role_model_per_form_and_name": Case(
        (second_of(RoleModelFactory, lambda row: {"name": row.name}),),
        (second_of(RoleModelFactory, lambda row: {"name": row.name, "form": row.form}),),
    ),
    "one_enrolment_per_person_cycle_side_and_form": Case(
        (
            second_of(EnrolmentFactory, lambda row: {"person": row.person, "form": row.form}),
            second_of(EnrolmentFactory, lambda row: {"person": row.person, "cycle": row.cycle}),
            second_of(
                EnrolmentFactory,
                lambda row: {"person": row.person, "cycle": row.cycle, "form": row.form, "mentor": True},
            ),
        ),
        (
            second_of(
                EnrolmentFactory, lambda row: {"person": row.person, "cycle": row.cycle, "form": row.form}, left=True
            ),
        ),
    ),
    "side_is_known": Case(
        tuple(partial(EnrolmentFactory, side=side) for side in Side), (lambda: EnrolmentFactory(side="both"),)
    ),
    "enrolment_has_left_on_a_day": Case(
        (
            *(partial(EnrolmentFactory, state=state) for state in TAKING_PART),
            lambda: EnrolmentFactory(left=True),
            lambda: EnrolmentFactory(left=True, state="refused"),
            lambda: EnrolmentFactory(left=True, state="finished"),
        ),
        (
            lambda: EnrolmentFactory(left=True, left_on=None),
            lambda: EnrolmentFactory(left_on=timezone.localdate()),
            lambda: EnrolmentFactory(state="lost"),
        ),
    ),
    "a_mentor_takes_one_to_thirty_mentees": Case(
        (
            lambda: EnrolmentFactory(mentor=True, capacity=1),
            lambda: EnrolmentFactory(mentor=True, capacity=30),
            lambda: EnrolmentFactory(mentor=True, capacity=None),
        ),
        (
            lambda: EnrolmentFactory(mentor=True, capacity=0),
            lambda: EnrolmentFactory(mentor=True, capacity=31),
            lambda: EnrolmentFactory(capacity=1),
        ),
    ),
    "wanted_ages_rise": Case(
        (
            lambda: EnrolmentFactory(mentor=True, wanted_age_from=11, wanted_age_to=11),
            lambda: EnrolmentFactory(mentor=True, wanted_age_from=11),
            lambda: EnrolmentFactory(mentor=True, wanted_age_to=11),
        ),
        (lambda: EnrolmentFactory(mentor=True, wanted_age_from=12, wanted_age_to=11),),
    ),
} | REGISTER
