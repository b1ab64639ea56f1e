from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role, School
from pairing.models import ApprovalRule, Match, MatchState
from pairing.parties import read_parties
from pairing.services.approval import set_single_approval
from pairing.services.matches import (
    MatchRefused,
    approve_match,
    approve_matches,
    drop_match,
    propose_again,
    propose_match,
    return_match,
)
from participants.models import ConsentState, Enrolment, EnrolmentState, PersonKind, Side
from tests.factories import (
    ApprovalRuleFactory,
    ConsentFactory,
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MatchFactory,
    PairingRulesFactory,
    PersonFactory,
    PlaceFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db

NO_CONSENT = "согласие на обработку персональных данных не действует"
CHANGED = "Это уже изменил кто-то другой. Посмотрите ещё раз, прежде чем продолжить."


@pytest.fixture
def school() -> School:
    return SchoolFactory()


@pytest.fixture
def curator(school: School) -> Actor:
    return actor_of(Role.CURATOR, school)


@pytest.fixture
def head(school: School) -> Actor:
    return actor_of(Role.ADMINISTRATOR, school)


def mentor_in(school: School, **columns: object) -> Enrolment:
    return cleared_enrolment(person__school=school, mentor=True, **{"state": EnrolmentState.READY} | columns)


def mentee_for(mentor: Enrolment, **columns: object) -> Enrolment:
    return cleared_enrolment(person__school=mentor.person.school, cycle=mentor.cycle, form=mentor.form, **columns)


def withdraw(enrolment: Enrolment) -> None:
    enrolment.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())


def steps(match: Match) -> list[tuple[str, str, str, str]]:
    rows = Event.objects.filter(thing=f"match:{match.pk}").order_by("number")
    return list(rows.values_list("verb", "from_state", "to_state", "actor"))


def refusal_of(deed: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        deed()
    return str(refused.value)


# ---------------------------------------------------------------- proposing


def test_a_pair_is_proposed_with_its_reason_and_journaled(school: School, curator: Actor) -> None:
    mentor = mentor_in(school)
    mentee = mentee_for(mentor)

    match = propose_match(mentor=mentor, mentee=mentee, note="  Оба любят задачи ", by=curator)

    match.refresh_from_db()
    assert (match.school, match.mentor, match.mentee) == (school, mentor, mentee)
    assert (match.state, match.note, match.proposed_by) == (MatchState.PROPOSED, "Оба любят задачи", curator.user)
    assert steps(match) == [("propose", "", "proposed", curator.pseudonym)]


def test_no_pair_without_the_consents_of_both_sides(school: School, curator: Actor) -> None:
    mentor = mentor_in(school)
    mentee = mentee_for(mentor)
    withdraw(mentor)
    withdraw(mentee)

    words = refusal_of(lambda: propose_match(mentor=mentor, mentee=mentee, note="", by=curator))

    assert words == f"{mentor.person.short_name}: {NO_CONSENT}. {mentee.person.short_name}: {NO_CONSENT}."
    assert not Match.objects.exists()


def test_an_employee_who_mentors_an_employee_needs_the_other_paper_too(school: School, curator: Actor) -> None:
    teacher = PersonFactory(school=school, teacher=True)
    mentor = EnrolmentFactory(person=teacher, mentor=True, form__employees=True)
    ConsentFactory(person=teacher, own=True, mentor=True, in_force=True)
    mentee = mentee_for(mentor, person=PersonFactory(school=school, teacher=True))

    words = refusal_of(lambda: propose_match(mentor=mentor, mentee=mentee, note="", by=curator))

    assert words == f"{teacher.short_name}: согласие на наставничество (ст. 351.8 ТК РФ) не действует."


def test_a_mentor_takes_no_more_than_he_said(school: School, curator: Actor) -> None:
    mentor = mentor_in(school)
    MatchFactory(school=school, mentor=mentor, mentee=mentee_for(mentor), returned=True)
    PlaceFactory(match=MatchFactory(school=school, mentor=mentor, mentee=mentee_for(mentor), in_force=True))
    mentee = mentee_for(mentor)

    words = refusal_of(lambda: propose_match(mentor=mentor, mentee=mentee, note="", by=curator))

    assert words == f"{mentor.person.short_name}: свободных мест нет: занято 2 из 2."


def test_places_that_were_given_back_are_free_again(school: School, curator: Actor) -> None:
    mentor = mentor_in(school, capacity=1)
    mentee = mentee_for(mentor)
    MatchFactory(school=school, mentor=mentor, mentee=mentee, dropped=True)
    left = MatchFactory(school=school, mentor=mentor, mentee=mentee, in_force=True)
    PlaceFactory(match=left, left_on=timezone.localdate())

    assert (
        propose_match(mentor=mentor, mentee=mentee, note="Оба просят продолжить", by=curator).state
        == MatchState.PROPOSED
    )


@pytest.mark.parametrize("stands", ["proposed", "returned", "approved"])
def test_a_mentee_is_proposed_to_one_mentor_at_a_time(school: School, curator: Actor, stands: str) -> None:
    mentor = mentor_in(school)
    mentee = mentee_for(mentor)
    MatchFactory(
        school=school, mentor=mentor, mentee=mentee, state=stands, decided_by=curator.user, decided_at=timezone.now()
    )
    other = mentor_in(school, cycle=mentor.cycle, form=mentor.form)

    words = refusal_of(lambda: propose_match(mentor=other, mentee=mentee, note="", by=curator))

    assert words == f"{mentee.person.short_name}: наставник уже предложен."


def test_a_mentee_may_have_mentors_in_two_forms(school: School, curator: Actor) -> None:
    first = MatchFactory(school=school)
    mentor = mentor_in(school, cycle=first.mentor.cycle)
    again = EnrolmentFactory(person=first.mentee.person, cycle=mentor.cycle, form=mentor.form)

    assert propose_match(mentor=mentor, mentee=again, note="", by=curator).state == MatchState.PROPOSED


@pytest.mark.parametrize(
    "people",
    [
        {"kind": PersonKind.PUPIL, "birth_date": None},
        {"kind": PersonKind.PUPIL},
        {"teacher": True},
    ],
)
@pytest.mark.parametrize("given", [(), ("processing",), ("mentor",), ("labour",), ("mentor", "labour")])
@pytest.mark.parametrize("side", Side)
def test_the_rules_and_the_register_agree_on_whose_consents_are_in_force(
    people: dict[str, object], given: tuple[str, ...], side: Side
) -> None:
    person = PersonFactory(**people)
    enrolments = [
        EnrolmentFactory(person=person, side=side),
        EnrolmentFactory(person=person, side=side, form__employees=True),
    ]
    for purpose in given:
        ConsentFactory(person=person, own=True, purpose=purpose, in_force=True)
    today = timezone.localdate()

    parties = read_parties(Enrolment.objects.select_related("person"), today)

    cleared = set(Enrolment.objects.cleared(today).values_list("pk", flat=True))
    assert {key for key, party in parties.items() if party.is_cleared} == cleared
    assert set(parties) == {row.pk for row in enrolments}


# ---------------------------------------------------------------- deciding


def test_an_administrator_approves(school: School, head: Actor) -> None:
    match = MatchFactory(school=school, decision_note="Другой класс")

    approve_match(match=match, by=head)

    match.refresh_from_db()
    assert (match.state, match.decided_by, match.decision_note) == (MatchState.APPROVED, head.user, "")
    assert steps(match) == [("move", "proposed", "approved", head.pseudonym)]


def test_who_proposed_a_pair_does_not_approve_it(school: School, head: Actor) -> None:
    match = MatchFactory(school=school, proposed_by=head.user)

    words = refusal_of(lambda: approve_match(match=match, by=head))

    assert words == "Эту пару предложили вы сами: утвердить её должен другой администратор."


def test_a_school_with_one_head_may_let_him(school: School, head: Actor) -> None:
    match = MatchFactory(school=school, proposed_by=head.user)
    ApprovalRuleFactory(school=school, is_single=True)

    assert approve_match(match=match, by=head).state == MatchState.APPROVED


def test_the_rule_of_another_school_lets_nobody(school: School, head: Actor) -> None:
    match = MatchFactory(school=school, proposed_by=head.user)
    ApprovalRuleFactory(is_single=True)
    ApprovalRuleFactory(school=school, is_single=False)

    with pytest.raises(MatchRefused):
        approve_match(match=match, by=head)


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ADMINISTRATOR}))
def test_nobody_else_decides(school: School, role: Role) -> None:
    match, by = MatchFactory(school=school), actor_of(role, school)

    words = "Решение о парах принимает только администратор."
    assert refusal_of(lambda: approve_match(match=match, by=by)) == words
    assert refusal_of(lambda: return_match(match=match, note="Другой класс", by=by)) == words


def test_a_consent_that_ended_meanwhile_stops_the_approval(school: School, head: Actor) -> None:
    match = MatchFactory(school=school)
    withdraw(match.mentee)

    words = refusal_of(lambda: approve_match(match=match, by=head))

    assert words == f"{match.mentee.person.short_name}: {NO_CONSENT}."


def test_a_mentor_who_takes_fewer_now_or_left_stops_the_approval(school: School, head: Actor) -> None:
    match = MatchFactory(school=school)
    MatchFactory(school=school, mentor=match.mentor, mentee=mentee_for(match.mentor))
    Enrolment.objects.filter(pk=match.mentor_id).update(capacity=1)
    Enrolment.objects.filter(pk=match.mentee_id).update(state=EnrolmentState.LEFT, left_on=timezone.localdate())

    words = refusal_of(lambda: approve_match(match=match, by=head))

    assert words == (
        f"{match.mentor.person.short_name}: свободных мест нет: занято 2 из 1."
        f" {match.mentee.person.short_name}: больше не участвует в программе."
    )


def test_of_many_pairs_those_are_approved_that_can_be(school: School, head: Actor) -> None:
    good, own, late = MatchFactory.create_batch(3, school=school)
    Match.objects.filter(pk=own.pk).update(proposed_by=head.user)
    withdraw(late.mentor)

    refused = approve_matches(matches=[good, own, late], by=head)

    assert refused == {
        own.pk: "Эту пару предложили вы сами: утвердить её должен другой администратор.",
        late.pk: f"{late.mentor.person.short_name}: {NO_CONSENT}.",
    }
    assert dict(Match.objects.values_list("pk", "state")) == {
        good.pk: "approved",
        own.pk: "proposed",
        late.pk: "proposed",
    }


def test_a_pair_is_returned_with_a_note_and_proposed_again(school: School, curator: Actor, head: Actor) -> None:
    match = MatchFactory(school=school)

    return_match(match=match, note=" Живут далеко друг от друга ", by=head)
    match.refresh_from_db()
    assert (match.state, match.decision_note) == (MatchState.RETURNED, "Живут далеко друг от друга")

    propose_again(match=match, note="Встречаются в школе", by=curator)
    match.refresh_from_db()
    assert (match.state, match.note, match.proposed_by) == (MatchState.PROPOSED, "Встречаются в школе", curator.user)
    assert (match.decided_by, match.decided_at) == (None, None)
    assert match.decision_note == "Живут далеко друг от друга"
    assert [step[1:3] for step in steps(match)] == [("proposed", "returned"), ("returned", "proposed")]


def test_a_pair_is_not_returned_without_a_word(school: School, head: Actor) -> None:
    match = MatchFactory(school=school)

    assert refusal_of(lambda: return_match(match=match, note=" \n", by=head)) == (
        "Напишите, что изменить: это прочтёт куратор."
    )


def test_a_pair_is_not_proposed_again_without_consents(school: School, curator: Actor) -> None:
    match = MatchFactory(school=school, returned=True)
    withdraw(match.mentee)

    with pytest.raises(MatchRefused):
        propose_again(match=match, note="", by=curator)


def test_a_pair_that_was_decided_meanwhile_is_not_decided_by_what_was_seen_before(school: School, head: Actor) -> None:
    match = MatchFactory(school=school, approved=True)
    words = "Кто-то уже принял решение по этой паре. Посмотрите на неё ещё раз, прежде чем продолжить."

    assert refusal_of(lambda: return_match(match=match, note="Другой класс", by=head)) == words
    assert refusal_of(lambda: drop_match(match=match, seen="proposed", by=head)) == words
    assert return_match(match=match, note="Другой класс", seen="approved", by=head).state == MatchState.RETURNED


DEEDS: dict[str, Callable[[Match, Actor, Actor], object]] = {
    "approved": lambda match, _curator, head: approve_match(match=match, by=head),
    "returned": lambda match, _curator, head: return_match(match=match, note="Нет", seen=match.state, by=head),
    "proposed": lambda match, curator, _head: propose_again(match=match, note="", by=curator),
    "dropped": lambda match, curator, _head: drop_match(match=match, by=curator),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(MatchState, DEEDS)))
def test_each_deed_is_done_from_the_states_of_the_table_and_no_other(
    school: School, curator: Actor, head: Actor, before: MatchState, after: str
) -> None:
    trait = {} if before == MatchState.PROPOSED else {str(before): True}
    match = MatchFactory(school=school, **trait)
    is_allowed = after in Match.MOVES[before]

    if is_allowed:
        DEEDS[after](match, curator, head)
    else:
        with pytest.raises(DomainError):
            DEEDS[after](match, curator, head)

    match.refresh_from_db()
    assert match.state == (after if is_allowed else before)
    assert [step[:3] for step in steps(match)] == ([("move", before, after)] if is_allowed else [])


# ---------------------------------------------------------------- one key or two


def test_the_reason_for_a_single_key_stands_in_the_journal(school: School, head: Actor) -> None:
    set_single_approval(school=school, is_single=True, reason=" Директор один ", by=head)
    rule = set_single_approval(school=school, is_single=False, reason="Пришёл заместитель", by=head)

    assert (rule.is_single, rule.reason, rule.changed_by) == (False, "Пришёл заместитель", head.user)
    assert list(Event.objects.order_by("number").values_list("verb", "thing", "detail")) == [
        ("set_single_approval", f"approvalrule:{rule.pk}", {"is_single": True, "reason": "Директор один"}),
        ("set_single_approval", f"approvalrule:{rule.pk}", {"is_single": False, "reason": "Пришёл заместитель"}),
    ]


def test_a_single_key_needs_a_reason_and_an_administrator(school: School, curator: Actor, head: Actor) -> None:
    assert refusal_of(lambda: set_single_approval(school=school, is_single=True, reason=" ", by=head)) == (
        "Напишите причину: она останется в журнале."
    )
    assert refusal_of(lambda: set_single_approval(school=school, is_single=True, reason="Так", by=curator)) == (
        "Порядок утверждения пар меняет только администратор."
    )
    assert not ApprovalRule.objects.exists()


# ---------------------------------------------------------------- against a rule, with a reason


def test_a_pair_against_a_rule_needs_a_written_reason_and_keeps_it(school: School, curator: Actor) -> None:
    mentor = mentor_in(school, available=[115], state=EnrolmentState.INTERVIEWED)
    mentee = mentee_for(mentor, available=[116])

    words = refusal_of(lambda: propose_match(mentor=mentor, mentee=mentee, note=" ", by=curator))
    match = propose_match(mentor=mentor, mentee=mentee, note="Живут в одном доме", by=curator)

    assert words == (
        f"{mentor.person.short_name}: собеседование и обучение ещё не пройдены."
        " Общих свободных часов нет: у наставляемого пн\u00a016–17, у наставника пн\u00a015–16."
        " Это вопреки правилу. Напишите, почему всё же нужно так."
    )
    assert (match.lifted, match.note) == (["status", "hours"], "Живут в одном доме")
    assert Event.objects.get(verb="propose").detail == {"lifted": ["status", "hours"]}


def test_the_rules_of_the_form_bind_those_who_propose_by_hand(school: School, curator: Actor) -> None:
    mentor = mentor_in(school, state=EnrolmentState.ENROLLED)
    PairingRulesFactory(form=mentor.form, wants_ready=False)

    match = propose_match(mentor=mentor, mentee=mentee_for(mentor), note="", by=curator)

    assert (match.lifted, Event.objects.get(verb="propose").detail) == ([], {})


def test_no_reason_makes_a_mentor_of_the_family(school: School, curator: Actor) -> None:
    mentor = mentor_in(school)
    mentee = mentee_for(mentor)
    guardian = GuardianFactory(school=school)
    for enrolment in (mentor, mentee):
        GuardianshipFactory(minor=enrolment.person, guardian=guardian)

    words = refusal_of(lambda: propose_match(mentor=mentor, mentee=mentee, note="Очень просят", by=curator))

    assert (words, Match.objects.count()) == ("Наставник – из семьи наставляемого.", 0)


def test_a_pair_against_a_rule_is_not_proposed_again_without_its_reason(school: School, curator: Actor) -> None:
    match = MatchFactory(school=school, returned=True, lifted=["hours"], note="Живут в одном доме")

    words = refusal_of(lambda: propose_again(match=match, note="", by=curator))

    assert words == "Это вопреки правилу. Напишите, почему всё же нужно так."
    assert propose_again(match=match, note="Живут рядом", by=curator).note == "Живут рядом"
