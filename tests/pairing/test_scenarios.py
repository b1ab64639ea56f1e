"""Working on a scenario: what each change does to the pairs, what is refused, and what two at once can not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.errors import DomainError
from core.models import Event
from pairing.models import Match, PairingRules, PairNote, Scenario, ScenarioPair
from pairing.rules import FormRules
from pairing.scenes.bench import read_bench
from pairing.scenes.scene import read_scene
from pairing.scoring import DEFAULT_WEIGHTS, Weights
from pairing.services.scenario_pairs import (
    ban_pair,
    lift_ban,
    lock_pair,
    note_pair,
    put_pair,
    take_out,
    unlock_pair,
)
from pairing.services.scenarios import (
    bring_back,
    copy_scenario,
    put_away,
    rename_scenario,
    set_aim,
    solve_again,
)
from pairing.services.weighing import set_form_rules
from participants.models import Consent, EnrolmentState
from participants.services.cycles import today_in
from tests.factories import GuardianshipFactory, MatchFactory, cleared_enrolment
from tests.pairing.crowd import Race, run, unguarded
from tests.pairing.scenes import Crowd, pairs_of

pytestmark = pytest.mark.django_db
Deed = Callable[[Crowd, Scenario, int], object]


def put(crowd: Crowd, scenario: Scenario, mentee: str, mentor: str, reason: str = "") -> None:
    put_pair(
        scenario=scenario,
        seen_version=version_of(scenario),
        mentee=crowd[mentee],
        mentor=crowd[mentor],
        reason=reason,
        by=crowd.curator,
    )


def version_of(scenario: Scenario) -> int:
    return Scenario.objects.get(pk=scenario.pk).version


def withdraw(crowd: Crowd, surname: str) -> None:
    Consent.objects.filter(person=crowd[surname].person).delete()


def test_as_many_are_served_as_there_are_places_and_whoever_fits_gets_the_place() -> None:
    crowd = Crowd()

    scenario = crowd.propose()

    assert pairs_of(scenario)["Абрамова"] == "Орлова"
    assert len(pairs_of(scenario)) == 2
    assert (scenario.served, scenario.total, scenario.worst) == (2, scenario.bound, min(scores_of(scenario)))
    event = Event.objects.get(verb="propose")
    assert event.detail == {"served": 2, "total": scenario.total, "version": 1}


def scores_of(scenario: Scenario) -> list[int]:
    return list(scenario.pairs.values_list("score", flat=True))


def test_scenarios_without_a_name_are_numbered() -> None:
    crowd = Crowd()

    names = [crowd.propose().name, crowd.propose(name="С осени").name, crowd.propose().name]

    assert names == ["Вариант 1", "С осени", "Вариант 3"]


def test_nobody_is_paired_whose_consent_is_not_in_force_or_who_is_spoken_for() -> None:
    crowd = Crowd()
    withdraw(crowd, "Тимофеев")
    MatchFactory(school=crowd.school, mentor=crowd["Орлова"], mentee=crowd["Абрамова"])

    assert pairs_of(crowd.propose()) == {"Белова": "Петров"}


def test_a_locked_pair_stays_whatever_would_be_better() -> None:
    crowd = Crowd(mentors={"Орлова": "органическая химия"}, mentees={"Белова": "математика"})
    scenario = crowd.propose()
    lock_pair(scenario=scenario, seen_version=1, mentee=crowd["Белова"], by=crowd.curator)
    crowd.add("Абрамова", request="догнать химию")

    solve_again(scenario=scenario, seen_version=2, by=crowd.curator)
    kept = pairs_of(scenario)
    unlock_pair(scenario=scenario, seen_version=3, mentee=crowd["Белова"], by=crowd.curator)
    solve_again(scenario=scenario, seen_version=4, by=crowd.curator)

    assert (kept, pairs_of(scenario)) == ({"Белова": "Орлова"}, {"Абрамова": "Орлова"})


def test_two_are_put_together_and_the_others_move_as_the_price_says() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    before = scenario.total

    put(crowd, scenario, "Абрамова", "Петров")

    scenario.refresh_from_db()
    pair = scenario.pairs.get(mentee=crowd["Абрамова"])
    assert (pair.mentor, pair.is_locked, pair.lifted, pair.put_by) == (crowd["Петров"], True, [], crowd.curator.user)
    assert (scenario.served, scenario.total == sum(scores_of(scenario)), scenario.total < before) == (2, True, True)
    assert (scenario.bound, scenario.version) == (scenario.total, 2)


def test_a_rule_that_yields_is_lifted_only_with_a_reason() -> None:
    crowd = Crowd()
    crowd["Петров"].state = EnrolmentState.ENROLLED
    crowd["Петров"].save()
    scenario = crowd.propose()

    with pytest.raises(DomainError, match="Напишите, почему"):
        put(crowd, scenario, "Белова", "Петров", "  ")
    put(crowd, scenario, "Белова", "Петров", "Занимаются вместе второй год")

    pair = scenario.pairs.get(mentee=crowd["Белова"])
    assert (pair.lifted, pair.reason) == (["status"], "Занимаются вместе второй год")
    solve_again(scenario=scenario, seen_version=2, by=crowd.curator)
    assert pairs_of(scenario)["Белова"] == "Петров"
    with pytest.raises(DomainError, match="вопреки правилу"):
        unlock_pair(scenario=scenario, seen_version=3, mentee=crowd["Белова"], by=crowd.curator)


def related(crowd: Crowd) -> None:
    parent = GuardianshipFactory(minor=crowd["Белова"].person).guardian
    GuardianshipFactory(minor=crowd["Петров"].person, guardian=parent)


@pytest.mark.parametrize(
    "hinder",
    [
        lambda crowd: withdraw(crowd, "Петров"),
        lambda crowd: withdraw(crowd, "Белова"),
        related,
        lambda crowd: MatchFactory(school=crowd.school, mentor=crowd["Орлова"], mentee=crowd["Белова"]),
        lambda crowd: MatchFactory(school=crowd.school, mentor=crowd["Петров"], mentee=crowd["Абрамова"]),
    ],
)
def test_no_reason_lifts_the_other_rules(hinder: Callable[[Crowd], object]) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    scenario.pairs.all().delete()
    hinder(crowd)

    with pytest.raises(DomainError):
        put(crowd, scenario, "Белова", "Петров", "Очень нужно")

    assert pairs_of(scenario) == {}


def test_no_place_is_made_where_locked_pairs_take_them_all() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    lock_pair(scenario=scenario, seen_version=1, mentee=crowd["Абрамова"], by=crowd.curator)

    with pytest.raises(DomainError, match="закреплёнными"):
        put(crowd, scenario, "Белова", "Орлова")


def test_two_are_kept_apart_until_the_ban_is_lifted() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    mentee, mentor = crowd["Абрамова"], crowd["Орлова"]

    ban_pair(scenario=scenario, seen_version=1, mentee=mentee, mentor=mentor, by=crowd.curator)
    apart = pairs_of(scenario).get("Абрамова")
    with pytest.raises(DomainError, match="снимите запрет"):
        put(crowd, scenario, "Абрамова", "Орлова")
    lift_ban(scenario=scenario, seen_version=2, ban=scenario.bans.get().pk, by=crowd.curator)
    still_apart = pairs_of(scenario).get("Абрамова")
    solve_again(scenario=scenario, seen_version=3, by=crowd.curator)

    assert apart != "Орлова"
    assert (still_apart, pairs_of(scenario)["Абрамова"]) == (apart, "Орлова")


def test_a_pair_is_taken_out_and_nobody_else_moves() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    before = pairs_of(scenario)

    take_out(scenario=scenario, seen_version=1, mentee=crowd["Абрамова"], by=crowd.curator)

    scenario.refresh_from_db()
    assert pairs_of(scenario) == {mentee: mentor for mentee, mentor in before.items() if mentee != "Абрамова"}
    assert (scenario.served, scenario.total, scenario.bound) == (1, sum(scores_of(scenario)), None)


DEEDS: dict[str, Deed] = {
    "solve": lambda crowd, row, seen: solve_again(scenario=row, seen_version=seen, by=crowd.curator),
    "aim": lambda crowd, row, seen: set_aim(
        scenario=row, seen_version=seen, aim="worst_first", filling="fewest", by=crowd.curator
    ),
    "rename": lambda crowd, row, seen: rename_scenario(scenario=row, seen_version=seen, name="Новое", by=crowd.curator),
    "lock": lambda crowd, row, seen: lock_pair(
        scenario=row, seen_version=seen, mentee=crowd["Абрамова"], by=crowd.curator
    ),
    "unlock": lambda crowd, row, seen: unlock_pair(
        scenario=row, seen_version=seen, mentee=crowd["Абрамова"], by=crowd.curator
    ),
    "ban": lambda crowd, row, seen: ban_pair(
        scenario=row, seen_version=seen, mentee=crowd["Абрамова"], mentor=crowd["Орлова"], by=crowd.curator
    ),
    "put": lambda crowd, row, seen: put_pair(
        scenario=row,
        seen_version=seen,
        mentee=crowd["Белова"],
        mentor=crowd["Орлова"],
        reason="",
        by=crowd.curator,
    ),
    "out": lambda crowd, row, seen: take_out(
        scenario=row, seen_version=seen, mentee=crowd["Абрамова"], by=crowd.curator
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_what_another_changed_meanwhile_is_not_overwritten(name: str) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    rename_scenario(scenario=scenario, seen_version=1, name="Другой", by=crowd.curator)
    before = stored(scenario)

    with pytest.raises(DomainError, match="кто-то изменил"):
        DEEDS[name](crowd, scenario, 1)
    refused = stored(scenario)
    DEEDS[name](crowd, scenario, 2)

    assert (refused, version_of(scenario)) == (before, 3)


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_put_away_is_changed_only_when_it_is_back(name: str) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    put_away(scenario=scenario, by=crowd.curator)
    put_away(scenario=scenario, by=crowd.curator)

    with pytest.raises(DomainError, match="убран"):
        DEEDS[name](crowd, scenario, version_of(scenario))
    bring_back(scenario=scenario, by=crowd.curator)
    DEEDS[name](crowd, scenario, version_of(scenario))

    told = Event.objects.filter(verb__in=["put_away", "bring_back"]).order_by("number")
    assert list(told.values_list("verb", flat=True)) == ["put_away", "bring_back"]


def stored(scenario: Scenario) -> object:
    columns = ("name", "aim", "filling", "version", "served", "total")
    row = Scenario.objects.values_list(*columns).get(pk=scenario.pk)
    return row, list(ScenarioPair.objects.order_by("mentee").values_list("mentee", "mentor", "is_locked"))


def test_a_copy_has_the_same_pairs_and_leaves_the_first_alone() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    put(crowd, scenario, "Абрамова", "Петров")
    before = pairs_of(scenario)

    copied = copy_scenario(scenario=scenario, name="", weights=DEFAULT_WEIGHTS, by=crowd.curator)
    ban_pair(scenario=copied, seen_version=1, mentee=crowd["Белова"], mentor=crowd["Орлова"], by=crowd.curator)

    assert (copied.name, copied.version, copied.fingerprint) == ("Вариант 2", 1, scenario.fingerprint)
    assert copied.pairs.get(mentee=crowd["Абрамова"]).is_locked
    assert pairs_of(scenario) == before
    assert scenario.bans.count() == 0


def test_other_weights_give_other_pairs() -> None:
    crowd = Crowd(mentors={"Орлова": "химия"}, mentees={"Абрамова": "химия", "Белова": "математика"})
    crowd["Белова"].building = crowd["Орлова"].building = "Корпус на Речной"
    crowd["Белова"].save()
    crowd["Орлова"].save()
    scenario = crowd.propose()

    weights = Weights(request=0, choices=0, interests=0, hours=0, age=0, experience=0, building=100)
    other = copy_scenario(scenario=scenario, name="Рядом", weights=weights, by=crowd.curator)

    assert (pairs_of(scenario), pairs_of(other)) == ({"Абрамова": "Орлова"}, {"Белова": "Орлова"})
    assert other.total == 100


def test_whoever_withdraws_leaves_every_pair_at_once() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    lock_pair(scenario=scenario, seen_version=1, mentee=crowd["Абрамова"], by=crowd.curator)
    withdraw(crowd, "Орлова")

    scene = read_scene(Scenario.objects.get(pk=scenario.pk), today_in(crowd.school))
    lost = solve_again(scenario=scenario, seen_version=2, by=crowd.curator)

    assert (scene.figures.served, scene.is_stale) == (1, True)
    assert [line.has_lost for line in scene.lines if line.mentee.key == crowd["Абрамова"].pk] == [True]
    assert (lost, "Абрамова" in pairs_of(scenario)) == (1, False)


def test_a_pair_that_was_sent_stays_in_the_scenario_and_takes_its_place() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    MatchFactory(school=crowd.school, mentor=crowd["Орлова"], mentee=crowd["Абрамова"])

    solve_again(scenario=scenario, seen_version=1, by=crowd.curator)

    scenario.refresh_from_db()
    scene = read_scene(scenario, today_in(crowd.school))
    sent = {line.mentee.key: line.sent for line in scene.lines}
    assert (pairs_of(scenario)["Абрамова"], sent[crowd["Абрамова"].pk]) == ("Орлова", "proposed")
    assert (scenario.served, Match.objects.count()) == (1, 1)


def test_places_that_became_fewer_are_kept_by_the_locked_pairs() -> None:
    crowd = Crowd(mentors={"Петров": "математика"}, mentees={"Белова": "математика", "Тимофеев": "шашки"}, places=2)
    scenario = crowd.propose()
    lock_pair(scenario=scenario, seen_version=1, mentee=crowd["Тимофеев"], by=crowd.curator)
    crowd["Петров"].capacity = 1
    crowd["Петров"].save()

    solve_again(scenario=scenario, seen_version=2, by=crowd.curator)

    assert pairs_of(scenario) == {"Тимофеев": "Петров"}


def test_a_word_on_a_pair_changes_its_score_and_is_taken_back_when_emptied() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    two = {"mentee": crowd["Абрамова"], "mentor": crowd["Орлова"]}

    def score() -> int:
        bench = read_bench(scenario, today_in(crowd.school))
        return bench.score(bench.rows[two["mentee"].pk], bench.columns[two["mentor"].pk])

    plain = score()
    note_pair(**two, is_for=False, text="Не сошлись характерами", by=crowd.curator)
    against = score()
    note_pair(**two, is_for=True, text="Просили сами", by=crowd.curator)
    in_favour, text = score(), PairNote.objects.get().text
    note_pair(**two, is_for=True, text=" ", by=crowd.curator)

    assert against < plain < in_favour
    assert (text, score(), PairNote.objects.count()) == ("Просили сами", plain, 0)
    assert Event.objects.filter(verb="note_pair").count() == 3


def test_nobody_of_another_year_or_form_is_put_in() -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    stranger = cleared_enrolment(person__school=crowd.school, request="химия")

    with pytest.raises(DomainError, match="не участвуют вместе"):
        put_pair(
            scenario=scenario,
            seen_version=1,
            mentee=stranger,
            mentor=crowd["Орлова"],
            reason="",
            by=crowd.curator,
        )


def test_the_weakest_pair_comes_first_when_it_is_chosen() -> None:
    crowd = Crowd()
    scenario = crowd.propose()

    changed = set_aim(scenario=scenario, seen_version=1, aim="worst_first", filling="smallest", by=crowd.curator)

    assert (changed.aim, changed.filling, changed.served) == ("worst_first", "smallest", 2)
    assert (changed.worst or 0) >= (scenario.worst or 0)
    with pytest.raises(DomainError, match="Такой цели нет"):
        set_aim(scenario=scenario, seen_version=2, aim="прочее", filling="even", by=crowd.curator)


def test_the_rules_of_a_form_bind_every_scenario_of_it_at_once() -> None:
    crowd = Crowd()
    crowd["Петров"].state = EnrolmentState.ENROLLED
    crowd["Петров"].save()
    scenario = crowd.propose()
    before = scenario.served

    set_form_rules(
        form=crowd.form,
        weights=DEFAULT_WEIGHTS,
        rules=FormRules(wants_ready=False),
        filling="fewest",
        by=crowd.curator,
    )
    solve_again(scenario=scenario, seen_version=1, by=crowd.curator)

    assert (before, len(pairs_of(scenario)), PairingRules.objects.get().filling) == (1, 2, "fewest")
    assert Event.objects.get(verb="set_pairing_rules").detail == DEFAULT_WEIGHTS.as_json()


def changes_of_a_scenario() -> Race:
    crowd = Crowd()
    scenario = crowd.propose()

    def begin() -> None:
        Scenario.objects.filter(pk=scenario.pk).update(version=1, name="Вариант")
        Event.objects.filter(verb="rename").delete()

    return Race(
        "one change of a scenario that was looked at",
        begin=begin,
        attempt=lambda number: rename_scenario(
            scenario=scenario, seen_version=1, name=f"Имя {number}", by=crowd.curator
        ),
        is_broken=lambda: Event.objects.filter(verb="rename").count() != 1,
        locked=(Scenario,),
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_curators_at_once_one_changes_the_scenario() -> None:
    tally = run(changes_of_a_scenario())

    assert (tally.broken, tally.trouble) == (0, {})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_lock_of_a_scenario_is_what_keeps_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    race = changes_of_a_scenario()

    with unguarded(race, monkeypatch):
        tally = run(race, until_broken=True)

    assert tally.broken == 1
