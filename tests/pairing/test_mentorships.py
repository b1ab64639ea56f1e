"""An order puts pairs in force; the work of a pair ends, or is stopped by a withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Event, Role, School
from pairing.models import Match, MatchState, Mentorship, MentorshipState, Place
from pairing.receivers.meeting_day import hanging_mentorships
from pairing.services.mentorships import end_mentorship, leave_place, start_mentorships
from participants.models import Consent, ConsentState, Enrolment, EnrolmentState
from participants.services.enrolments import end_enrolment
from participants.services.withdrawal import withdraw_consent
from tests.factories import MatchFactory, MeetingFactory, MentorshipFactory, PlaceFactory, SchoolFactory, actor_of
from tests.factories import cleared_enrolment as cleared

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
STARTS, ENDS = TODAY - timedelta(days=30), TODAY + timedelta(days=180)
GROUND = "приказ от 30.10.2026 № 137/к"


@pytest.fixture
def school() -> School:
    return SchoolFactory()


@pytest.fixture
def head(school: School) -> Actor:
    return actor_of(Role.ADMINISTRATOR, school)


def approved(school: School, mentor: Enrolment | None = None) -> Match:
    return MatchFactory(school=school, approved=True, **({"mentor": mentor} if mentor else {}))


def start(matches: list[Match], by: Actor, ground: str = GROUND, starts_on: date = STARTS) -> list[Mentorship]:
    return start_mentorships(matches=matches, starts_on=starts_on, ends_on=ENDS, ground=ground, by=by)


def refusal_of(deed: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        deed()
    return str(refused.value)


def journal() -> list[tuple[str, str, str]]:
    rows = Event.objects.filter(verb__in=("move", "start", "join", "leave")).order_by("number")
    return list(rows.values_list("verb", "thing", "to_state"))


def test_an_approved_pair_comes_into_force_with_its_place_and_its_lines_in_the_journal(
    school: School, head: Actor
) -> None:
    match = approved(school)

    (row,) = start([match], head)

    match.refresh_from_db()
    assert (match.state, row.state, row.mentor, row.ground) == ("in_force", "active", match.mentor, GROUND)
    assert (row.starts_on, row.ends_on, row.ended_on) == (STARTS, ENDS, None)
    assert list(row.places.values_list("mentee", "match", "joined_on", "left_on")) == [
        (match.mentee_id, match.pk, STARTS, None)
    ]
    assert journal() == [
        ("start", f"mentorship:{row.pk}", "active"),
        ("move", f"match:{match.pk}", "in_force"),
        ("join", f"mentorship:{row.pk}", ""),
    ]


def test_mentees_of_one_mentor_make_one_group_and_other_mentors_have_their_own(school: School, head: Actor) -> None:
    first = approved(school)
    second, other = approved(school, first.mentor), approved(school)

    rows = start([first, second, other], head)

    assert [row.places.count() for row in rows] == [2, 1]


def test_a_mentee_joins_by_a_later_order_which_is_named_beside_the_first(school: School, head: Actor) -> None:
    first = approved(school)
    (group,) = start([first], head)

    (same,) = start_mentorships(
        matches=[approved(school, first.mentor)],
        starts_on=TODAY,
        ends_on=ENDS + timedelta(days=9),
        ground="№ 9",
        by=head,
    )

    group.refresh_from_db()
    assert same == group
    assert (group.ground, group.ends_on) == (f"{GROUND}; № 9", ENDS + timedelta(days=9))
    assert set(group.places.values_list("joined_on", flat=True)) == {STARTS, TODAY}


def withdraw(enrolment: Enrolment) -> None:
    enrolment.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())


def leave(enrolment: Enrolment) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(state=EnrolmentState.LEFT, left_on=TODAY)


NO_CONSENT = "согласие на обработку персональных данных не действует"
SPOILT: dict[str, tuple[Callable[[Match], object], str]] = {
    "mentor": (lambda row: withdraw(row.mentor), "{mentor}: " + NO_CONSENT + "."),
    "mentee": (lambda row: withdraw(row.mentee), "{mentee}: " + NO_CONSENT + "."),
    "left": (lambda row: leave(row.mentee), "{mentee}: больше не участвует в программе."),
    "taken": (
        lambda row: PlaceFactory(match=MatchFactory(school=row.school, in_force=True, mentee=row.mentee)),
        "{mentee}: наставник в этой форме уже есть.",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_has_come_to_stand_against_a_pair_keeps_the_whole_order_back(
    school: School, head: Actor, what: str
) -> None:
    good, bad = approved(school), approved(school)
    spoil, words = SPOILT[what]
    spoil(bad)
    before = Mentorship.objects.count()

    said = refusal_of(lambda: start([good, bad], head))

    names = {"mentor": bad.mentor.person.short_name, "mentee": bad.mentee.person.short_name}
    assert said == words.format(**names)
    assert (Mentorship.objects.count(), Match.objects.get(pk=good.pk).state) == (before, "approved")


@pytest.mark.parametrize("state", ["proposed", "returned", "in_force", "dropped"])
def test_no_order_without_approval(school: School, head: Actor, state: str) -> None:
    match = MatchFactory(school=school, **({} if state == "proposed" else {state: True}))

    names = f"{match.mentor.person.short_name} – {match.mentee.person.short_name}"
    assert refusal_of(lambda: start([match], head)) == f"{names}: пара не утверждена."


def test_an_order_of_nothing_or_that_ends_before_it_begins_is_refused(school: School, head: Actor) -> None:
    match = approved(school)

    assert refusal_of(lambda: start([], head)) == "В приказе нет ни одной пары."
    assert refusal_of(lambda: start([match], head, starts_on=ENDS + timedelta(days=1))) == (
        "Последний день работы пар раньше первого."
    )


def group_of(school: School, size: int) -> tuple[Mentorship, list[Place]]:
    group = MentorshipFactory(school=school, starts_on=STARTS, ends_on=ENDS)
    matches = [MatchFactory(school=school, in_force=True, mentor=group.mentor) for _ in range(size)]
    return group, [PlaceFactory(match=match, mentorship=group, joined_on=STARTS) for match in matches]


@pytest.mark.parametrize(("finished", "state"), [(True, "finished"), (False, "stopped")])
def test_the_work_ends_for_everyone_on_its_last_day(school: School, head: Actor, finished: bool, state: str) -> None:
    group, places = group_of(school, 2)

    end_mentorship(mentorship=group, finished=finished, reason=" Переезд ", on=TODAY, by=head)

    group.refresh_from_db()
    assert (group.state, group.ended_on, group.end_reason) == (state, TODAY, "Переезд")
    assert [Place.objects.get(pk=place.pk).left_on for place in places] == [TODAY, TODAY]
    assert journal() == [("move", f"mentorship:{group.pk}", state)]


def test_it_ends_once(school: School, head: Actor) -> None:
    group, _ = group_of(school, 1)
    end_mentorship(mentorship=group, finished=True, on=TODAY, by=head)

    with pytest.raises(TransitionRefused):
        end_mentorship(mentorship=group, finished=False, reason="Переезд", on=TODAY, by=head)

    assert Mentorship.objects.get(pk=group.pk).state == MentorshipState.FINISHED


def test_a_last_day_that_can_not_be_is_refused_in_words(school: School, head: Actor) -> None:
    group, places = group_of(school, 1)
    MeetingFactory(mentorship=group, held_at=timezone.now() - timedelta(days=3))

    def said(on: date, reason: str = "Переезд") -> str:
        return refusal_of(lambda: end_mentorship(mentorship=group, finished=False, reason=reason, on=on, by=head))

    assert said(TODAY, " ") == "Напишите, почему работа прекращается раньше срока."
    assert said(TODAY + timedelta(days=1)) == "Последний день не может быть в будущем."
    assert said(STARTS - timedelta(days=1)).startswith("Последний день раньше первого: пара работает с")
    assert said(TODAY - timedelta(days=5)).startswith("После этого дня, ")
    assert Place.objects.get(pk=places[0].pk).left_on is None


def test_one_mentee_leaves_a_group_and_with_the_last_one_it_stops(school: School, head: Actor) -> None:
    group, (first, second) = group_of(school, 2)

    leave_place(place=first, reason="Переезд", on=TODAY, by=head)
    assert Mentorship.objects.get(pk=group.pk).state == MentorshipState.ACTIVE
    leave_place(place=second, reason="Болезнь", on=TODAY, by=head)

    group.refresh_from_db()
    assert (group.state, group.end_reason, group.ended_on) == ("stopped", "Болезнь", TODAY)
    assert refusal_of(lambda: leave_place(place=first, reason="Ещё", on=TODAY, by=head)) == (
        "Этот наставляемый уже вышел из группы."
    )
    assert [line[0] for line in journal()] == ["leave", "leave", "move"]


def consent_of(enrolment: Enrolment) -> Consent:
    return enrolment.person.consents.get()


def test_a_mentees_withdrawal_takes_him_out_of_the_group_today(school: School, head: Actor) -> None:
    group, (first, second) = group_of(school, 2)

    withdraw_consent(consent=consent_of(first.mentee), by=head)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.left_on, second.left_on) == (TODAY, None)
    assert Mentorship.objects.get(pk=group.pk).state == MentorshipState.ACTIVE

    withdraw_consent(consent=consent_of(second.mentee), by=head)

    group.refresh_from_db()
    assert (group.state, group.end_reason) == ("stopped", "Согласие больше не действует.")


def test_a_mentors_withdrawal_stops_the_mentorship(school: School, head: Actor) -> None:
    group, places = group_of(school, 2)

    withdraw_consent(consent=consent_of(group.mentor), by=head)

    group.refresh_from_db()
    assert (group.state, group.ended_on) == ("stopped", TODAY)
    assert not Place.objects.filter(mentorship=group, left_on=None).exists()
    assert len(places) == 2


def test_a_mentorship_that_has_not_begun_can_be_stopped_by_a_withdrawal(school: School, head: Actor) -> None:
    place = PlaceFactory(school=school, joined_on=TODAY + timedelta(days=9))

    withdraw_consent(consent=consent_of(place.mentee), by=head)

    place.refresh_from_db()
    assert place.left_on == TODAY + timedelta(days=9)
    assert place.mentorship.__class__.objects.get(pk=place.mentorship_id).state == MentorshipState.STOPPED


def test_what_hangs_on_a_person_names_the_pair_and_its_page(school: School) -> None:
    group, (place,) = group_of(school, 1)
    MentorshipFactory(school=school, finished=True, mentor=group.mentor)

    for person in (group.mentor.person, place.mentee.person):
        (row,) = hanging_mentorships(person)
        words = f"работающая пара: наставник {group.mentor.person.short_name}, {group.ground}"
        assert (row.words, row.url) == (words, f"/mentorships/{group.pk}/")


def test_nobody_leaves_the_programme_while_his_pair_is_at_work(school: School, head: Actor) -> None:
    group, (place,) = group_of(school, 1)
    words = "Пара с этим человеком работает по приказу. Сначала завершите её работу."

    assert refusal_of(lambda: end_enrolment(enrolment=place.mentee, by=head)) == words
    assert refusal_of(lambda: end_enrolment(enrolment=group.mentor, by=head)) == words

    end_mentorship(mentorship=group, finished=True, on=TODAY, by=head)
    end_enrolment(enrolment=place.mentee, by=head)
    assert Enrolment.objects.get(pk=place.mentee_id).state == EnrolmentState.LEFT


def test_a_mentee_whose_pair_has_ended_may_have_another_mentor(school: School, head: Actor) -> None:
    match = approved(school)
    (row,) = start([match], head)
    end_mentorship(mentorship=row, finished=False, reason="Переезд", on=TODAY, by=head)
    other = cleared(person__school=school, mentor=True, cycle=match.mentor.cycle, form=match.mentor.form)

    again = MatchFactory(school=school, approved=True, mentor=other, mentee=match.mentee)

    (after,) = start([again], head, starts_on=TODAY)
    assert (after.mentor, Match.objects.get(pk=again.pk).state) == (other, MatchState.IN_FORCE)
