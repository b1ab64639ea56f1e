"""People without e-mail: added, given a card, coming in with it once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Card, PassState
from accounts.services.cards import add_person, issue_cards, use_card
from core.actors import Actor, link_actor
from core.errors import DomainError, TransitionRefused
from core.models import Event, Membership, Role, School
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, actor_of
from tests.squares import read_square

pytestmark = pytest.mark.django_db
NEW, ISSUE, PRINT, USE = "/people/new/", "/people/cards/", "/people/cards/print/", "/card/"
LogIn = Callable[[Actor], Client]
FIELDS = {"surname": "Тимофеев", "given_name": "Глеб", "patronymic": "", "role": "mentee", "post": "7 «Б»"}


def pupil(school: School | None = None, role: Role = Role.MENTEE) -> Membership:
    return MembershipFactory(school=school or SchoolFactory(), role=role, user=UserFactory(email="", given_name="Глеб"))


def card_for(membership: Membership) -> tuple[Card, str]:
    by = actor_of(Role.CURATOR, membership.school)
    return next(iter(issue_cards(memberships=[membership], by=by).items()))


def with_card(browser: Client, token: str) -> Client:
    assert browser.get(f"{USE}{token}/")["Location"] == USE
    return browser


def test_adding_a_person_makes_a_login_name_a_role_and_a_card_to_print(log_in: LogIn) -> None:
    actor = actor_of()
    browser = log_in(actor)

    answer = browser.post(NEW, FIELDS)
    page = browser.get(PRINT).content.decode()

    membership = Membership.objects.get(role=Role.MENTEE)
    assert (answer.status_code, answer["Location"]) == (302, PRINT)
    assert (membership.school_id, membership.post, membership.user.email, membership.user.has_usable_password()) == (
        actor.school_id,
        "7 «Б»",
        "",
        False,
    )
    assert [text in page for text in ("Тимофеев Глеб", membership.user.login, "1 карточка готова к печати")] == [
        True,
        True,
        True,
    ]


def test_the_drawn_code_leads_to_the_card(log_in: LogIn) -> None:
    browser = log_in(actor_of())
    browser.post(NEW, FIELDS)

    link = read_square(browser.get(PRINT).content.decode()).text

    assert link.startswith("http://127.0.0.1:8000/card/")
    assert with_card(Client(), link.split("/")[-2]).get(USE).status_code == 200


def test_the_card_sets_a_code_and_logs_in_and_the_login_name_works_after(browser: Client) -> None:
    membership = pupil()
    card, token = card_for(membership)

    page = with_card(browser, token).get(USE).content.decode()
    answer = browser.post(USE, {"secret": "407193"})

    assert [
        text in page for text in ("Здравствуйте, Глеб!", membership.user.login, membership.user.surname, token)
    ] == [True, True, False, False]
    assert (answer.status_code, browser.session["_auth_user_id"]) == (302, str(membership.user_id))
    card.refresh_from_db()
    assert card.state == PassState.USED
    later = Client()
    later.post("/log-in/", {"login": membership.user.login, "password": "407193"})
    assert later.session["_auth_user_id"] == str(membership.user_id)


def test_a_card_works_once(browser: Client) -> None:
    _card, token = card_for(pupil())
    with_card(browser, token).post(USE, {"secret": "407193"})

    again = with_card(Client(), token)

    assert [again.get(USE).status_code, again.post(USE, {"secret": "918273"}).status_code] == [404, 404]


def test_of_two_at_once_who_both_saw_it_open_one_succeeds() -> None:
    card, _token = card_for(pupil())
    by = link_actor("card:1", card.school)
    use_card(card=card, code="407193", by=by)

    with pytest.raises(TransitionRefused):
        use_card(card=card, code="918273", by=by)

    card.user.refresh_from_db()
    assert card.user.check_password("407193")


def test_altered_used_expired_and_replaced_cards_get_the_page_of_every_dead_link() -> None:
    tokens = {}
    for name in ("used", "expired", "replaced"):
        membership = pupil()
        card, tokens[name] = card_for(membership)
        if name == "used":
            with_card(Client(), tokens[name]).post(USE, {"secret": "407193"})
        elif name == "expired":
            Card.objects.filter(pk=card.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        else:
            card_for(membership)
    tokens["altered"] = f"x{tokens['used'][1:]}"

    answers = [with_card(Client(), token).get(USE) for token in tokens.values()]
    invitation = Client()
    invitation.get("/invited/x/")

    assert {answer.status_code for answer in answers} == {404}
    pages = {answer.content.replace(b"/card/", b"/invited/") for answer in (*answers, invitation.get("/invited/"))}
    assert len({len(page) for page in pages}) == 1


def test_a_new_card_ends_the_old_card_code_and_sessions(log_in: LogIn) -> None:
    membership = pupil()
    card, token = card_for(membership)
    at_home = with_card(Client(), token)
    at_home.post(USE, {"secret": "407193"})
    assert at_home.get("/me/").status_code == 200

    curator = log_in(actor_of(Role.CURATOR, membership.school))
    asked = curator.get(f"{ISSUE}?member={membership.pk}").content.decode()
    answer = curator.post(ISSUE, {"member": membership.pk})

    assert "на всех устройствах они выйдут" in asked
    assert (answer["Location"], at_home.get("/me/").status_code) == (PRINT, 302)
    membership.user.refresh_from_db()
    assert membership.user.check_password("407193") is False
    assert sorted(Card.objects.values_list("state", flat=True)) == [PassState.USED, PassState.WAITING]
    assert list(Event.objects.filter(verb="issue").values_list("thing", flat=True))[-1] == f"card:{card.pk}"


def test_several_cards_are_printed_at_once_in_the_order_of_names(log_in: LogIn) -> None:
    actor = actor_of()
    rows = [
        MembershipFactory(school=actor.school, role=Role.MENTEE, user=UserFactory(email="", surname=name))
        for name in ("Яшин", "Ёлкин", "Елагин")
    ]
    browser = log_in(actor)

    browser.post(ISSUE, {"member": [row.pk for row in rows]})
    page = browser.get(PRINT).content.decode()

    assert re.findall(r"<h2>(\w+)", page) == ["Елагин", "Ёлкин", "Яшин"]
    assert page.count("<svg") - page.count('class="logo"') == 3


def test_only_the_digest_is_kept_and_the_session_holds_it_sealed(log_in: LogIn) -> None:
    browser = log_in(actor_of())
    browser.post(NEW, FIELDS)

    token = read_square(browser.get(PRINT).content.decode()).text.split("/")[-2]

    assert token not in str(list(Card.objects.values())) + str(dict(browser.session.items())) + str(
        list(Event.objects.values())
    )


def test_another_session_of_the_same_school_can_not_print_it(log_in: LogIn) -> None:
    actor = actor_of()
    log_in(actor).post(NEW, FIELDS)

    assert "Карточек для печати нет" in log_in(actor_of(Role.CURATOR, actor.school)).get(PRINT).content.decode()


def test_people_with_an_address_and_people_of_other_schools_get_no_card(log_in: LogIn) -> None:
    actor = actor_of()
    with_address = MembershipFactory(school=actor.school, role=Role.MENTEE)
    elsewhere = pupil()

    answer = log_in(actor).post(ISSUE, {"member": [with_address.pk, elsewhere.pk, "x", "9" * 30]})

    assert (answer.status_code, Card.objects.count()) == (200, 0)
    assert "Никто не выбран" in answer.content.decode()


def test_who_acts_in_another_school_too_keeps_his_code(log_in: LogIn) -> None:
    actor = actor_of()
    here = pupil(actor.school)
    MembershipFactory(user=here.user, role=Role.MENTEE)

    answer = log_in(actor).post(ISSUE, {"member": here.pk}, follow=True)

    assert ("есть роль и в другой школе" in answer.content.decode(), Card.objects.count()) == (True, 0)


def test_the_service_refuses_a_card_to_one_with_an_address() -> None:
    membership = MembershipFactory(role=Role.MENTEE)

    with pytest.raises(DomainError):
        issue_cards(memberships=[membership], by=actor_of(Role.CURATOR, membership.school))


def test_a_member_of_staff_without_address_needs_a_password_and_not_a_code(browser: Client) -> None:
    _card, token = card_for(pupil(role=Role.CLASS_TEACHER))

    short = with_card(browser, token).post(USE, {"secret": "407193"})
    long = browser.post(USE, {"secret": "ласточка-у-реки"})

    assert (short.status_code, long.status_code) == (400, 302)


@pytest.mark.parametrize("change", [{"surname": ""}, {"role": "nobody"}, {"post": "я" * 201}])
def test_bad_input_is_told_and_adds_nobody(log_in: LogIn, change: dict[str, str]) -> None:
    answer = log_in(actor_of()).post(NEW, FIELDS | change)

    assert (answer.status_code, Membership.objects.count(), 'value="Глеб"' in answer.content.decode()) == (400, 1, True)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CURATOR, Role.ADMINISTRATOR}))
@pytest.mark.parametrize("url", [NEW, ISSUE, PRINT])
def test_other_roles_have_no_business_here(log_in: LogIn, role: Role, url: str) -> None:
    assert log_in(actor_of(role)).get(url).status_code == 403


def test_the_journal_holds_no_name_of_a_person_added() -> None:
    actor = actor_of()
    assert actor.school is not None

    add_person(
        school=actor.school,
        role=Role.MENTEE,
        surname="Тимофеев",
        given_name="Глеб",
        patronymic="",
        post="7 «Б»",
        by=actor,
    )

    assert [word in str(list(Event.objects.values())) for word in ("Тимофеев", "Глеб", "7 «Б»", "join")] == [
        False,
        False,
        False,
        True,
    ]
