"""Sending the pairs of a scenario to the administrator, and the protocol that goes with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.models import Event, Role
from pairing.models import Match, MatchState, Scenario, Submission
from pairing.protocol import digest_of
from pairing.services.matches import approve_matches
from pairing.services.scenario_pairs import ban_pair, put_pair
from pairing.services.scenario_rows import ScenarioChanged, ScenarioRefused
from pairing.services.submitting import Sent, send_scenario
from participants.models import ConsentPurpose, ConsentState
from tests.factories import actor_of
from tests.pairing.school_of_pairs import administrator_of, worked_out

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


def everybody(scenario: Scenario) -> list[int]:
    return list(scenario.pairs.values_list("mentee", flat=True))


def sent(scenario: Scenario, curator: Actor, **changed: object) -> Sent:
    given = {"mentees": everybody(scenario), "note": "", "asks": False, "seen_version": scenario.version}
    return send_scenario(scenario=scenario, by=curator, **(given | changed))  # type: ignore[arg-type]


def test_every_pair_becomes_a_match_with_its_score_and_the_shares_that_make_it(curator: Actor) -> None:
    scenario = worked_out(curator)

    found = sent(scenario, curator, note=" До пятницы ").submission

    matches = Match.objects.filter(submission=found)
    assert {(row.mentee_id, row.mentor_id, row.score) for row in matches} == {
        (row.mentee_id, row.mentor_id, row.score) for row in scenario.pairs.all()
    }
    assert {row.state for row in matches} == {MatchState.PROPOSED}
    assert [sum(reason["points"] for reason in row.reasons) for row in matches] == [row.score for row in matches]
    assert found.note == "До пятницы"


def test_the_protocol_holds_what_was_known_and_names_nobody(curator: Actor) -> None:
    scenario = worked_out(curator)
    pair = scenario.pairs.order_by("pk").first()
    assert pair

    told = sent(scenario, curator).submission.protocol

    assert told["result"] == {
        "served": 3,
        "total": scenario.total,
        "worst": scenario.worst,
        "bound": float(scenario.total),
        "blocking": scenario.blocking,
    }
    assert told["pairs"][0] == {
        "mentee": pair.mentee_id,
        "mentor": pair.mentor_id,
        "score": pair.score,
        "shares": told["pairs"][0]["shares"],
        "is_locked": False,
        "lifted": [],
        "lifted_by": None,
    }
    assert sum(told["pairs"][0]["shares"].values()) == pair.score
    assert (told["data"], told["weights"]) == (scenario.fingerprint, scenario.weights)
    assert pair.mentee.person.surname not in str(told)


def test_the_journal_keeps_the_digest_of_the_protocol(curator: Actor) -> None:
    submission = sent(worked_out(curator), curator).submission

    told = Event.objects.get(verb="send", thing=f"submission:{submission.pk}")

    submission.refresh_from_db()
    assert told.detail["protocol"] == digest_of(submission.protocol)


def test_what_was_sent_can_not_be_sent_again_and_what_was_not_can(curator: Actor) -> None:
    scenario = worked_out(curator)
    first, *others = everybody(scenario)
    sent(scenario, curator, mentees=[first])
    scenario.refresh_from_db()

    again = sent(scenario, curator, mentees=[first, *others])
    scenario.refresh_from_db()

    assert (sorted(row.mentee_id for row in again.matches), again.left) == (sorted(others), 1)
    with pytest.raises(ScenarioRefused):
        sent(scenario, curator)


def test_a_scenario_that_was_changed_meanwhile_is_not_sent(curator: Actor) -> None:
    scenario = worked_out(curator)

    with pytest.raises(ScenarioChanged):
        sent(scenario, curator, seen_version=scenario.version - 1)

    assert not Match.objects.exists()
    assert not Submission.objects.exists()


def test_a_pair_whose_consent_was_withdrawn_stays_behind(curator: Actor) -> None:
    scenario = worked_out(curator)
    pair = scenario.pairs.first()
    assert pair
    pair.mentee.person.consents.filter(purpose=ConsentPurpose.PROCESSING).update(
        state=ConsentState.WITHDRAWN, ended_at=timezone.now()
    )

    found = sent(scenario, curator)

    assert (len(found.matches), found.left) == (2, 1)
    assert found.submission.protocol["result"]["served"] == 2
    assert pair.mentee_id not in {row.mentee_id for row in found.matches}


def test_a_rule_lifted_by_hand_goes_with_its_reason_and_who_lifted_it(curator: Actor) -> None:
    scenario = worked_out(curator, mentees=2, mentors=2, places=1)
    pair = scenario.pairs.order_by("pk").first()
    assert pair
    pair.mentee.available, pair.mentee.person.class_name = [517], "7 «Б»"
    pair.mentee.save()
    put_pair(
        scenario=scenario,
        seen_version=scenario.version,
        mentee=pair.mentee,
        mentor=pair.mentor,
        reason="Договорились о субботе",
        by=curator,
    )
    scenario.refresh_from_db()

    found = sent(scenario, curator, mentees=[pair.mentee_id])

    [match] = found.matches
    [told] = found.submission.protocol["pairs"]
    assert (match.lifted, match.note) == (["hours"], "Договорились о субботе")
    assert (told["lifted"], told["lifted_by"]) == (["hours"], curator.user_id)


def test_an_administrator_approves_what_was_sent_and_the_sender_can_not(curator: Actor) -> None:
    matches = sent(worked_out(curator), curator).matches
    assert curator.user

    as_head = actor_of(Role.ADMINISTRATOR, curator.school, user=curator.user)
    refused = approve_matches(matches=matches, by=as_head)
    approved = approve_matches(matches=matches, by=administrator_of(curator))

    assert (len(refused), approved) == (3, {})


# ---------------------------------------------------------------- the pages


def test_the_curator_sends_and_reads_the_protocol(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)
    first, *_others = everybody(scenario)
    page, browser = f"/pairs/scenarios/{scenario.pk}/send/", log_in(curator)

    before = browser.get(page).content.decode()
    answer = browser.post(page, {"seen": scenario.version, "mentees": [first], "once": "a"}, follow=True)

    told = answer.content.decode()
    assert "3 пары готовы к отправке" in before
    assert "1 пара отправлена администратору." in told
    assert "Доказано: при стольких же наставляемых сумма баллов больше не бывает." in told
    assert Match.objects.count() == 1


def test_nothing_ticked_is_said_and_keeps_the_note(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)

    answer = log_in(curator).post(
        f"/pairs/scenarios/{scenario.pk}/send/", {"seen": scenario.version, "note": "Прошу до пятницы"}
    )

    told = answer.content.decode()
    assert answer.status_code == 400
    assert "Отметьте хотя бы одну пару: пока ничего не отправлено." in told
    assert "Прошу до пятницы" in told


def test_a_scenario_without_pairs_says_so(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)
    scenario.pairs.all().delete()

    told = log_in(curator).get(f"/pairs/scenarios/{scenario.pk}/send/").content.decode()

    assert "В этом варианте нечего отправлять" in told


def test_the_administrator_sees_points_and_reasons_and_returns_all_with_one_note(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)
    matches = sent(scenario, curator).matches
    head = log_in(administrator_of(curator))

    page = head.get("/pairs/decide/").content.decode()
    keys = {"pair": [row.pk for row in matches], "return_all": "yes"}
    silent = head.post("/pairs/decide/", keys)
    head.post("/pairs/decide/", keys | {"note": "Жду списки классов"})

    assert f"{matches[0].score} балл" in page
    assert matches[0].reasons[0]["words"].replace('"', "&quot;") in page
    assert silent.status_code == 400
    assert set(Match.objects.values_list("state", "decision_note")) == {("returned", "Жду списки классов")}


def test_a_pair_tells_no_reasons_after_a_withdrawal(log_in: LogIn, curator: Actor) -> None:
    submission = sent(worked_out(curator, mentees=1), curator).submission
    match = submission.matches.get()
    match.mentee.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())

    told = log_in(curator).get(f"/pairs/protocols/{submission.pk}/").content.decode()

    assert "Нужна химия" not in told


def test_ban_and_who_made_it_stand_in_the_protocol(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)
    pair = scenario.pairs.order_by("pk").first()
    assert pair
    ban_pair(scenario=scenario, seen_version=scenario.version, mentee=pair.mentee, mentor=pair.mentor, by=curator)
    scenario.refresh_from_db()

    submission = sent(scenario, curator).submission
    told = log_in(curator).get(f"/pairs/protocols/{submission.pk}/").content.decode()

    assert curator.user
    words = f"{pair.mentee.person.short_name} и {pair.mentor.person.short_name} (решение: {curator.user.short_name})"
    assert words in told
    pair.mentor.person.consents.update(state=ConsentState.EXPIRED, ended_at=timezone.now())
    assert words not in log_in(curator).get(f"/pairs/protocols/{submission.pk}/").content.decode()


def test_the_list_of_protocols_counts_the_pairs_of_each(log_in: LogIn, curator: Actor) -> None:
    sent(worked_out(curator), curator)
    head = log_in(administrator_of(curator))

    told = head.get("/pairs/protocols/").content.decode()
    page = log_in(actor_of(Role.CURATOR)).get("/pairs/protocols/").content.decode()

    assert "1 протокол подбора" in told
    assert '<td data-label="Пар">3</td>' in told
    assert "Пары из вариантов ещё не отправляли" in page


def test_nobody_of_another_school_sends_or_reads(log_in: LogIn, curator: Actor) -> None:
    scenario = worked_out(curator)
    submission = sent(scenario, curator).submission
    stranger = log_in(actor_of(Role.CURATOR))

    pages = [f"/pairs/scenarios/{scenario.pk}/send/", f"/pairs/protocols/{submission.pk}/"]

    assert [stranger.get(page).status_code for page in pages] == [404, 404]
    assert stranger.post(f"/pairs/protocols/{submission.pk}/paper/").status_code == 404
    with pytest.raises(DomainError):
        send_scenario(scenario=scenario, seen_version=0, mentees=[], note="", asks=False, by=curator)
    assert SYSTEM.school is None
