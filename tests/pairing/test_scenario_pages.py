"""The pages of scenarios: what each shows, what it does, and what it keeps to itself."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from pairing.models import PairingRules, PairNote, Scenario
from pairing.services.scenario_pairs import ban_pair, lock_pair, put_pair
from pairing.services.scenarios import rename_scenario
from participants.models import Consent, EnrolmentState
from tests.factories import AreaFactory, ChargeFactory, MatchFactory, actor_of
from tests.pairing.scenes import Crowd, pairs_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PART = {"HX-Request": "true"}
LIST = "/pairs/scenarios/"


def text_of(answer: object) -> str:
    """What a person reads on the page."""
    body = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


def address(scenario: Scenario, *more: object) -> str:
    return f"{LIST}{scenario.pk}/" + "".join(f"{part}/" for part in more)


# ---------------------------------------------------------------- the list and a new one


def test_the_list_tells_of_each_scenario_and_keeps_those_put_away_apart(log_in: LogIn) -> None:
    crowd = Crowd()
    first, second = crowd.propose(name="С осени"), crowd.propose()
    Crowd().propose(name="Чужой")
    browser = log_in(crowd.curator)

    browser.post(address(second, "away"))
    working, away = text_of(browser.get(LIST)), text_of(browser.get(LIST, {"away": ""}))
    browser.post(address(second, "back"))

    assert ("С осени" in working, second.name in working, "Чужой" in working) == (True, False, False)
    assert ("С осени" in away, second.name in away) == (False, True)
    assert f"{first.served} {first.total}".replace(" ", "") in working.replace(" ", "").replace("Пар:", "")
    assert second.name in text_of(browser.get(LIST))


def test_an_empty_list_says_what_will_be_here(log_in: LogIn) -> None:
    page = text_of(log_in(actor_of(Role.CURATOR)).get(LIST))

    assert "Пары ещё не подбирали" in page
    assert "почему и показывает цену каждой замены" in page


def test_where_nobody_takes_part_the_first_step_is_offered(log_in: LogIn) -> None:
    page = log_in(actor_of(Role.CURATOR)).get(f"{LIST}new/")

    assert "Подбирать пока некого" in text_of(page)
    assert b'<form class="new-scenario"' not in page.content


def test_what_there_is_one_of_needs_no_choice_and_one_click_proposes_pairs(log_in: LogIn) -> None:
    crowd = Crowd()
    browser = log_in(crowd.curator)
    page = browser.get(f"{LIST}new/").content.decode()

    given = dict(re.findall(r'<input type="hidden" name="(form|cycle)" value="(\d+)"', page))
    answer = browser.post(f"{LIST}new/", given | {"aim": "total", "filling": "even", "name": ""})

    scenario = Scenario.objects.get()
    assert answer["Location"] == address(scenario)
    assert (scenario.form, scenario.cycle, len(pairs_of(scenario))) == (crowd.form, crowd.cycle, 2)


def test_a_form_sent_twice_makes_one_scenario(log_in: LogIn) -> None:
    crowd = Crowd()
    given = {"form": crowd.form.pk, "cycle": crowd.cycle.pk, "aim": "total", "filling": "even", "once": "одна"}
    browser = log_in(crowd.curator)

    answers = [browser.post(f"{LIST}new/", given)["Location"] for _ in range(2)]

    assert (len({*answers}), Scenario.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "wrong", [{"form": "0"}, {"form": "x"}, {"cycle": "9" * 40}, {"aim": "all"}, {"filling": ""}, {"name": "н" * 81}]
)
def test_what_can_not_be_is_said_and_nothing_is_made(log_in: LogIn, wrong: dict[str, str]) -> None:
    crowd, other = Crowd(), Crowd()
    given = {"form": crowd.form.pk, "cycle": crowd.cycle.pk, "aim": "total", "filling": "even"}
    browser = log_in(crowd.curator)

    statuses = [browser.post(f"{LIST}new/", given | one).status_code for one in (wrong, {"form": other.form.pk})]

    assert (statuses, Scenario.objects.count()) == ([400, 400], 0)


def test_it_is_said_beforehand_who_is_left_out_and_by_which_rule(log_in: LogIn) -> None:
    crowd = Crowd(places=2)
    crowd.add("Юсупов", mentor=True, competences="шахматы", capacity=1)
    crowd.add("Яшин", mentor=True, competences="шахматы", capacity=None)
    crowd.add("Котов", request="")
    Consent.objects.filter(person=crowd["Тимофеев"].person).delete()

    page = text_of(log_in(crowd.curator).get(f"{LIST}new/", headers=PART))

    assert "Наставляемые без пары 2 Наставники, готовые взять 2 Свободных мест у них 4" in page
    for words in (
        "у 1 наставляемого нет действующего согласия",
        "у 1 наставляемого не записан запрос",
        "у 1 наставника не записано, сколько наставляемых он берёт",
        "1 наставник ещё не прошёл собеседование и обучение",
    ):
        assert words in page


# ---------------------------------------------------------------- the board


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_people(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crowd = Crowd(
        mentors={f"Орлова{n}": "химия" for n in range(number)},
        mentees={f"Абрамова{n}": "химия" for n in range(number + 1)},
    )
    scenario = crowd.propose()
    browser = log_in(crowd.curator)
    browser.get(address(scenario))

    with django_assert_num_queries(26):
        answer = browser.get(address(scenario), headers=PART)

    assert answer.content.count(b'id="line-') == number + 1


def test_the_board_says_how_it_stands(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()

    page = text_of(log_in(crowd.curator).get(address(scenario)))

    assert "2 пары предложены, 1 наставляемый пока без наставника" in page
    assert "Лучшая сумма выбрано" in page
    assert "сумма, больше не бывает" in page
    assert "Слабейшая пара – первой выбрать" in page
    assert "без пары" in page
    event = Event.objects.get(verb="view")
    assert (event.thing, event.detail) == (f"scenario:{scenario.pk}", {"pairs": 3})


def test_a_chosen_pair_tells_its_shares_and_what_others_would_cost(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()

    page = text_of(log_in(crowd.curator).get(address(scenario), {"pair": crowd["Абрамова"].pk}))

    assert "Абрамова" in page.split("Если иначе")[0]
    assert "Балл пары" in page
    assert re.search(r"Если иначе Петров \S+ \d+ сумма −\d+: ", page)


def test_lines_are_found_sorted_and_parted(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    lock_pair(scenario=scenario, seen_version=1, mentee=crowd["Абрамова"], by=crowd.curator)
    browser = log_in(crowd.curator)

    def heads(**asked: str) -> list[str]:
        page = browser.get(address(scenario), asked, headers=PART).content.decode()
        return re.findall(r'id="open-\d+"[^>]*>\s*([А-Я]\w+)', page)

    alone = ({"Абрамова", "Белова", "Тимофеев"} - {*pairs_of(scenario)}).pop()
    paired = sorted(pairs_of(scenario))
    assert heads() == [*paired, alone]
    assert heads(group="alone") == [alone]
    assert heads(group="locked") == ["Абрамова"]
    assert heads(group="нет", sort="нет", page="нет") == [*paired, alone]
    assert heads(sort="weak")[0] == alone
    assert heads(q="орлов") == ["Абрамова"]
    assert heads(q="абрамова") == ["Абрамова"]
    assert heads(q="Цзю") == []
    assert heads(page="all", sort="mentor")[0] == "Абрамова"


def test_a_long_scenario_is_shown_by_pages_or_whole(log_in: LogIn) -> None:
    crowd = Crowd(mentors={"Орлова": "химия"}, mentees={f"Абрамова{n}": "химия" for n in range(52)}, places=30)
    scenario = crowd.propose()
    browser = log_in(crowd.curator)

    lines = [
        browser.get(address(scenario), {"page": page}, headers=PART).content.count(b'id="line-')
        for page in ("1", "2", "all")
    ]

    assert lines == [50, 2, 52]


def test_whoever_withdraws_is_on_no_page_any_more(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    ban_pair(scenario=scenario, seen_version=1, mentee=crowd["Белова"], mentor=crowd["Орлова"], by=crowd.curator)
    other = crowd.propose()
    Consent.objects.filter(person__in=[crowd["Абрамова"].person, crowd["Орлова"].person]).delete()
    browser = log_in(crowd.curator)

    pages = [
        browser.get(address(scenario)),
        browser.get(address(scenario), {"pair": crowd["Абрамова"].pk}),
        browser.get(address(scenario, "print")),
        browser.get(f"{LIST}compare/", {"s": [scenario.pk, other.pk]}),
        browser.get(address(scenario, crowd["Белова"].pk, "put")),
        browser.get(f"/pairs/weights/{crowd.form.pk}/"),
        browser.get(f"{LIST}new/"),
    ]

    assert {page.status_code for page in pages} == {200}
    told = " ".join(map(text_of, pages))
    assert ("Абрамова" in told, "Орлова" in told, "Белова" in told) == (False, False, True)
    assert "Данные изменились после расчёта" in told


def test_a_change_of_data_is_told_and_solved_again(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(crowd.curator)
    crowd.add("Дубинин", mentor=True, competences="математика", capacity=1, state=EnrolmentState.READY)

    before = text_of(browser.get(address(scenario)))
    after = text_of(browser.post(address(scenario, "solve"), {"version": 1}, follow=True))

    assert "Данные изменились после расчёта. Пересчёт даст: на 1 пару больше, сумма +" in before
    assert "Пары пересчитаны." in after
    assert "Данные изменились" not in after


def test_mentees_without_a_mentor_say_what_they_wait_for_and_who_supports_them(log_in: LogIn) -> None:
    crowd = Crowd(mentors={}, mentees={"Абрамова": "химия", "Белова": "математика"})
    area = AreaFactory(school=crowd.school, name="Химия")
    crowd["Абрамова"].areas.add(area)
    scenario = crowd.propose()
    ChargeFactory(
        membership__school=crowd.school, membership__role=Role.PSYCHOLOGIST, single=True, person=crowd["Белова"].person
    )

    page = text_of(log_in(crowd.curator).get(address(scenario)))

    assert "2 наставляемых пока без наставника" in page
    assert page.count("пока поддерживает психолог") == 1
    assert page.count("попросить психолога поддержать") == 1
    assert "Кого искать Наставник по химии" in page


def test_whoever_is_free_to_be_paired_is_not_said_to_lack_a_mentor(log_in: LogIn) -> None:
    crowd = Crowd(mentors={"Орлова": "химия"}, mentees={"Абрамова": "химия"})
    scenario = crowd.propose()
    browser, deeds = log_in(crowd.curator), [address(scenario, crowd["Абрамова"].pk, deed) for deed in ("out", "ban")]

    out = text_of(browser.post(deeds[0], {"version": 1}, follow=True))
    banned = text_of(browser.post(deeds[1], {"version": 2, "mentor": crowd["Орлова"].pk}, follow=True))

    assert "Есть подходящий наставник со свободным местом" in out
    assert "Пересчёт даст: на 1 пару больше" in out
    assert "Все, кто подошёл бы, вами запрещены" in banned


def test_years_of_two_programmes_are_told_apart(log_in: LogIn) -> None:
    crowd = Crowd()
    Crowd(curator=crowd.curator)

    page = log_in(crowd.curator).get(f"{LIST}new/").content.decode()

    titles = {crowd.cycle.programme.title, *crowd.school.programmes.values_list("title", flat=True)}
    assert {title for title in titles if f"2026–2027, {html.escape(title)}" in page} == titles


def test_a_scenario_without_people_says_why(log_in: LogIn) -> None:
    crowd = Crowd(mentees={})
    scenario = crowd.propose()

    page = text_of(log_in(crowd.curator).get(address(scenario)))

    assert "Подбирать некого" in page
    assert "Пока никого нельзя поставить в пару." in page


# ---------------------------------------------------------------- deeds


def test_a_pair_is_locked_and_let_go_and_the_board_stays_as_it_was_looked_at(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser, mentee = log_in(crowd.curator), crowd["Абрамова"].pk

    answer = browser.post(
        address(scenario, mentee, "lock"), {"lock": "on", "version": 1, "here": "q=а&sort=weak&evil=1"}
    )
    locked = scenario.pairs.get(mentee=mentee).is_locked
    browser.post(address(scenario, mentee, "lock"), {"lock": "off", "version": 2})

    assert answer["Location"] == f"{address(scenario)}?q=%D0%B0&sort=weak"
    assert (locked, scenario.pairs.get(mentee=mentee).is_locked) == (True, False)


def test_who_comes_second_sees_what_was_done_meanwhile(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    rename_scenario(scenario=scenario, seen_version=1, name="Переименован", by=crowd.curator)
    browser = log_in(crowd.curator)

    pages = [
        text_of(browser.post(address(scenario, *deed), {"version": version, **given}, follow=True))
        for version in ("1", "", "x")
        for deed, given in (
            (("solve",), {}),
            ((crowd["Абрамова"].pk, "lock"), {"lock": "on"}),
            ((crowd["Абрамова"].pk, "ban"), {"mentor": crowd["Орлова"].pk}),
        )
    ]

    assert {"кто-то изменил" in page and "Переименован" in page for page in pages} == {True}
    assert (Scenario.objects.get().version, scenario.pairs.filter(is_locked=True).count()) == (2, 0)


def test_a_mentor_is_put_in_after_the_price_was_shown(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser, put = log_in(crowd.curator), address(scenario, crowd["Абрамова"].pk, "put")

    choice = text_of(browser.get(put))
    price = browser.get(put, {"mentor": crowd["Петров"].pk}, headers=PART)
    late = browser.post(put, {"mentor": crowd["Петров"].pk, "version": 7}, headers=PART, follow=True)
    answer = browser.post(put, {"mentor": crowd["Петров"].pk, "version": 1, "here": "sort=weak"})

    assert "нынешняя пара" in choice
    assert "<html" not in price.content.decode()
    assert re.search(r"сумма −\d+", text_of(price))
    assert ("<html" in late.content.decode(), "кто-то изменил" in text_of(late)) == (False, True)
    assert answer["Location"] == f"{address(scenario)}?sort=weak&pair={crowd['Абрамова'].pk}"
    assert pairs_of(scenario)["Абрамова"] == "Петров"


def test_what_goes_against_a_rule_asks_for_the_reason_and_keeps_what_was_written(log_in: LogIn) -> None:
    crowd = Crowd()
    crowd["Петров"].state = EnrolmentState.ENROLLED
    crowd["Петров"].save()
    scenario = crowd.propose()
    browser, put = log_in(crowd.curator), address(scenario, crowd["Белова"].pk, "put")
    given = {"mentor": crowd["Петров"].pk, "version": 1}

    refused = browser.post(put, given | {"reason": " "})
    too_long = browser.post(put, given | {"reason": "п" * 501})
    stale = browser.post(put, given | {"reason": "Занимаются вместе", "version": 7})
    done = browser.post(put, given | {"reason": "Занимаются вместе"})

    assert [answer.status_code for answer in (refused, too_long, stale, done)] == [400, 400, 400, 302]
    assert "Напишите, почему всё же нужно так." in text_of(refused)
    assert "Занимаются вместе" in text_of(stale)
    panel = text_of(browser.get(done["Location"]))
    assert "Составлена вопреки правилу" in panel
    assert "Причина: Занимаются вместе" in panel


def test_a_mentor_who_can_not_be_put_has_no_button(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    MatchFactory(school=crowd.school, mentor=crowd["Петров"], mentee=crowd["Тимофеев"])
    browser, put = log_in(crowd.curator), address(scenario, crowd["Абрамова"].pk, "put")

    choice = browser.get(put)
    price = text_of(browser.get(put, {"mentor": crowd["Петров"].pk}))

    assert f"?mentor={crowd['Петров'].pk}" not in choice.content.decode()
    assert "свободных мест нет: занято 1 из 1" in price
    assert "Составить эту пару" not in price


def test_who_is_spoken_for_is_not_put_anywhere(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    MatchFactory(school=crowd.school, mentor=crowd["Орлова"], mentee=crowd["Абрамова"])
    browser = log_in(crowd.curator)

    answer = browser.get(address(scenario, crowd["Абрамова"].pk, "put"), follow=True)
    apart = text_of(browser.get(address(scenario), {"group": "sent"}))

    assert "пара с ним уже отправлена" in text_of(answer)
    assert "Абрамова" not in text_of(answer)
    assert "Уже в парах 1" in apart
    assert "ждёт утверждения" in apart


def test_the_word_of_the_curator_is_kept_and_counted(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser, note = log_in(crowd.curator), address(scenario, crowd["Абрамова"].pk, "note")
    given = {"mentor": crowd["Орлова"].pk}

    kept = text_of(browser.post(note, given | {"is_for": "against", "text": "Поссорились"}, follow=True))
    wrong = text_of(browser.post(note, given | {"is_for": "maybe", "text": "т" * 301}, follow=True))

    assert "Ваше слово записано" in kept
    assert "Куратор против этой пары" in kept
    assert "Ваше слово" in wrong
    assert PairNote.objects.get().text == "Поссорились"


def test_two_are_kept_apart_and_let_together_again(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(crowd.curator)

    browser.post(
        address(scenario, crowd["Абрамова"].pk, "ban"), {"mentor": crowd["Орлова"].pk, "version": 1}, follow=True
    )
    board = text_of(browser.get(address(scenario)))
    lifted = text_of(
        browser.post(address(scenario, "lift"), {"ban": scenario.bans.get().pk, "version": 2}, follow=True)
    )
    again = text_of(browser.post(address(scenario, "lift"), {"ban": "1", "version": 3}, follow=True))

    assert "Запрещённые пары Абрамова" in board
    assert "Запрет снят." in lifted
    assert "Этот запрет уже снят." in again


def test_the_aim_is_chosen_on_the_board(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(crowd.curator)

    chosen = text_of(browser.post(address(scenario, "aim"), {"aim": "worst_first", "version": 1}, follow=True))
    wrong = text_of(browser.post(address(scenario, "aim"), {"aim": "лучшая", "version": 2}, follow=True))

    assert "Слабейшая пара – первой выбрано" in chosen
    assert "Такой цели нет." in wrong


def test_a_pair_is_taken_out(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()

    page = text_of(
        log_in(crowd.curator).post(address(scenario, crowd["Абрамова"].pk, "out"), {"version": 1}, follow=True)
    )

    assert "Пара убрана." in page
    assert "Абрамова" not in pairs_of(scenario)


def test_a_scenario_is_renamed_and_copied_with_other_weights(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(crowd.curator)
    weights = dict.fromkeys(("request", "choices", "interests", "hours", "age", "experience", "building", "note"), 10)

    renamed = browser.post(address(scenario, "rename"), {"name": "Осенний", "version": 1})
    nameless = browser.post(address(scenario, "rename"), {"name": " ", "version": 2})
    stale = browser.post(address(scenario, "rename"), {"name": "Позже", "version": 1})
    copied = browser.post(address(scenario, "copy"), weights | {"name": "Рядом"})
    wrong = [browser.post(address(scenario, "copy"), weights | {"hours": hours}) for hours in ("", "101", "-1", "x")]
    equal = browser.post(address(scenario, "copy"), dict.fromkeys(weights, 0))

    assert [answer.status_code for answer in (renamed, nameless, stale, copied)] == [302, 400, 400, 302]
    assert {answer.status_code for answer in (*wrong, equal)} == {400}
    assert "все пары одинаковы" in text_of(equal)
    assert list(Scenario.objects.order_by("pk").values_list("name", flat=True)) == ["Осенний", "Рядом"]
    assert Scenario.objects.get(name="Рядом").weights == weights


def test_scenarios_are_compared_pair_by_pair(log_in: LogIn) -> None:
    crowd = Crowd()
    first, second = crowd.propose(name="Первый"), crowd.propose(name="Второй")
    put_pair(
        scenario=second,
        seen_version=1,
        mentee=crowd["Абрамова"],
        mentor=crowd["Петров"],
        reason="",
        by=crowd.curator,
    )
    foreign, stranger = Crowd(curator=crowd.curator).propose(), Crowd().propose()
    browser = log_in(crowd.curator)

    page = text_of(browser.get(f"{LIST}compare/", {"s": [first.pk, second.pk]}))
    answers = [
        browser.get(f"{LIST}compare/", {"s": [str(key) for key in keys]}).status_code
        for keys in (
            [first.pk],
            [first.pk, foreign.pk],
            [],
            ["x", first.pk],
            [first.pk, stranger.pk],
            [10**9, first.pk],
        )
    ]

    assert "Варианты расходятся" in page
    assert re.search(r"Абрамова \S+ \S+ .*?Орлова \S+ \S+ \d+ Петров", page)
    assert answers == [302, 302, 302, 302, 404, 404]


def test_a_scenario_that_is_put_away_is_only_looked_at(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(crowd.curator)
    browser.post(address(scenario, "away"))

    page = browser.get(address(scenario), {"pair": crowd["Абрамова"].pk})

    assert "Этот вариант убран" in text_of(page)
    assert re.findall(r'formaction="[^"]*/(\w+)/"', page.content.decode()) == ["back"]


def test_the_print_has_every_pair_and_why(log_in: LogIn) -> None:
    crowd = Crowd()
    scenario = crowd.propose()

    page = text_of(log_in(crowd.curator).get(address(scenario, "print")))

    assert all(surname in page for surname in crowd.parts)
    assert f"Сумма баллов {scenario.total}, слабейшая пара {scenario.worst}." in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_nobody_but_a_curator_comes_in(log_in: LogIn, role: Role) -> None:
    crowd = Crowd()
    scenario = crowd.propose()
    browser = log_in(actor_of(role, crowd.school))

    pages = [LIST, f"{LIST}new/", address(scenario), address(scenario, "print"), f"/pairs/weights/{crowd.form.pk}/"]

    assert {browser.get(page).status_code for page in pages} == {403}


# ---------------------------------------------------------------- weights


def weights_of(page: bytes) -> dict[str, str]:
    inputs = re.findall(r'<input type="range" name="(\w+)" value="(\d+)"', page.decode())
    return dict(inputs)


def test_the_weights_and_rules_of_a_form_are_kept_and_brought_back(log_in: LogIn) -> None:
    crowd = Crowd()
    browser, page = log_in(crowd.curator), f"/pairs/weights/{crowd.form.pk}/"
    given = weights_of(browser.get(page).content)

    saved = browser.post(
        page, given | {"hours": "90", "bars_class_teacher": "on", "least_age_gap": "2", "filling": "fewest"}
    )
    rules = PairingRules.objects.get(form=crowd.form)
    kept = weights_of(browser.get(page).content)
    first = browser.get(page, {"first": ""})
    browser.post(page, weights_of(first.content) | {"filling": "even", "wants_ready": "on"})

    assert (given["request"], given["hours"]) == ("40", "15")
    assert (saved.status_code, kept["hours"], rules.weights["hours"]) == (302, "90", 90)
    assert (rules.wants_ready, rules.bars_class_teacher, rules.least_age_gap, rules.filling) == (
        False,
        True,
        2,
        "fewest",
    )
    assert "Они начнут действовать, когда вы их сохраните." in text_of(first)
    assert weights_of(browser.get(page).content) == given


def test_the_example_follows_the_sliders(log_in: LogIn) -> None:
    crowd = Crowd(mentors={"Орлова": "химия"}, mentees={"Абрамова": "химия"})
    browser, page = log_in(crowd.curator), f"/pairs/weights/{crowd.form.pk}/"
    given = weights_of(browser.get(page).content)
    only = dict.fromkeys(given, "0") | {"request": "100"}

    plain = text_of(browser.get(page, given, headers=PART))
    alone = browser.get(page, only, headers=PART)
    nonsense = browser.get(page, given | {"request": "x"}, headers=PART)

    assert [re.findall(r"Балл пары (\d+)", page) for page in (plain, text_of(alone))] == [["40"], ["100"]]
    assert (alone.status_code, nonsense.status_code, PairingRules.objects.count()) == (200, 200, 0)
    assert "<html" not in alone.content.decode()


@pytest.mark.parametrize("wrong", [{"hours": "101"}, {"hours": ""}, {"least_age_gap": "61"}, {"filling": "none"}])
def test_weights_that_can_not_be_are_not_kept(log_in: LogIn, wrong: dict[str, str]) -> None:
    crowd = Crowd()
    browser, page = log_in(crowd.curator), f"/pairs/weights/{crowd.form.pk}/"
    given = weights_of(browser.get(page).content) | {"filling": "even"}

    answer = browser.post(page, given | wrong)

    assert (answer.status_code, PairingRules.objects.count()) == (400, 0)


def test_a_form_without_people_has_no_example(log_in: LogIn) -> None:
    crowd = Crowd(mentors={})

    page = text_of(log_in(crowd.curator).get(f"/pairs/weights/{crowd.form.pk}/"))

    assert "Пример появится здесь" in page


def test_the_pairs_of_the_school_lead_to_scenarios(log_in: LogIn) -> None:
    page = log_in(actor_of(Role.CURATOR)).get("/pairs/").content.decode()

    assert f'href="{LIST}new/"' in page
