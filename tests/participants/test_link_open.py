"""R15: a personal link is unguessable, proven by the birth date, revocable, and leaves no trace of its token."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core import management
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Notice, Role
from core.notices import send_due_notices
from mentoring.logs import JsonFormatter
from participants.ages import born_for_age
from participants.models import LinkChannel, LinkState, Person, PersonalLink
from participants.models.link import MOST_WRONG
from participants.services.asking import ask_consents
from participants.services.links import issue_link, revoke_links
from participants.services.proving import renew_link
from tests.factories import (
    CardFactory,
    ConsentFactory,
    ConsentTextFactory,
    CycleFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    InvitationFactory,
    PersonFactory,
    actor_of,
)
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PROVE, MINE = "/my/open/", "/my/"
BORN = "05.03.2014"


def link_with_token(**columns: object) -> tuple[PersonalLink, str]:
    """A guardian's link as the school issues it."""
    bond = GuardianshipFactory(minor__birth_date=date(2014, 3, 5), **columns)
    return issue_link(
        person=bond.minor,
        guardian=bond.guardian,
        channel=LinkChannel.SLIP,
        by=actor_of(Role.CURATOR, bond.minor.school),
    )


def opened(token: str, browser: Client | None = None) -> Client:
    browser = browser or Client()
    answer = browser.get(f"/l/{token}/")
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, PROVE, "no-referrer")
    return browser


def test_the_birth_date_opens_the_page_and_before_it_only_the_given_name_is_shown() -> None:
    link, token = link_with_token()
    browser = opened(token)

    page = browser.get(PROVE).content.decode()
    answer = browser.post(PROVE, {"birth_date": BORN})

    person, guardian = link.person, link.guardian
    assert guardian
    hidden = (person.surname, person.patronymic, person.class_name, guardian.surname, guardian.given_name, BORN, token)
    assert (person.given_name in page, [word for word in hidden if word in page]) == (True, [])
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    assert browser.get(MINE).status_code == 200


@pytest.mark.parametrize("typed", ["05.03.2014", "5.3.14", "05/03/2014", "05 03 2014", "05032014", "2014-03-05"])
def test_a_day_is_understood_however_it_is_typed(typed: str) -> None:
    _link, token = link_with_token()

    assert opened(token).post(PROVE, {"birth_date": typed}).status_code == 302


@pytest.mark.parametrize("typed", ["", "вчера", "31.02.2014", "05.03", "0" * 5000])
def test_what_is_no_day_is_told_in_words_and_costs_no_try(typed: str) -> None:
    link, token = link_with_token()

    answer = opened(token).post(PROVE, {"birth_date": typed})

    link.refresh_from_db()
    assert (answer.status_code, link.wrong_tries) == (400, 0)
    assert re.search("Впишите (день, месяц и год|дату рождения)", answer.content.decode())


def test_five_wrong_dates_close_the_link_even_for_the_right_one_until_the_curator_opens_it(log_in: LogIn) -> None:
    link, token = link_with_token()
    browser = opened(token)

    pages = [browser.post(PROVE, {"birth_date": f"0{n}.04.2014"}).content.decode() for n in range(1, MOST_WRONG + 1)]
    right = browser.post(PROVE, {"birth_date": BORN})

    assert ["Осталось 4 попытки" in pages[0], "Осталась 1 попытка" in pages[3]] == [True, True]
    assert ["ссылка закрыта" in page for page in pages] == [False] * 4 + [True]
    assert (right.status_code, "ссылка закрыта" in right.content.decode()) == (400, True)
    curator = log_in(actor_of(Role.CURATOR, link.school))
    home, card = curator.get("/").content.decode(), curator.get(f"/participants/{link.person_id}/").content.decode()
    answer = curator.post(f"/links/{link.pk}/renew/", follow=True).content.decode()
    assert ["закрыта после неверных дат" in home, "Открыть ссылку снова" in card] == [True, True]
    assert ["Ссылка снова открыта" in answer, "Открыть ссылку снова" in answer] == [True, False]
    assert browser.post(PROVE, {"birth_date": BORN}).status_code == 302
    verbs = Event.objects.filter(thing=f"personallink:{link.pk}").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["issue", "lock", "renew", "enter"]


def test_a_right_date_forgets_the_wrong_ones() -> None:
    link, token = link_with_token()
    browser = opened(token)
    browser.post(PROVE, {"birth_date": "01.04.2014"})

    browser.post(PROVE, {"birth_date": BORN})

    link.refresh_from_db()
    assert link.wrong_tries == 0


def test_a_closed_link_asks_for_no_date_and_says_whom_to_ask() -> None:
    link, token = link_with_token()
    browser = opened(token)
    PersonalLink.objects.filter(pk=link.pk).update(wrong_tries=MOST_WRONG)

    page = browser.get(PROVE).content.decode()

    assert ['name="birth_date"' in page, "Попросите куратора открыть её снова" in page] == [False, True]


def test_a_link_that_is_revoked_or_not_closed_is_not_renewed() -> None:
    link, _token = link_with_token()
    by = actor_of(Role.CURATOR, link.school)
    renew_link(link=link, by=by)
    assert not Event.objects.filter(verb="renew").exists()
    revoke_links(person=link.person, guardian=link.guardian, by=by)

    with pytest.raises(DomainError, match="ничего не открывает"):
        renew_link(link=link, by=by)


def test_too_many_tries_from_one_address_are_stopped_for_all_links() -> None:
    _link, token = link_with_token()
    browser = opened(token)

    answers = [browser.post(PROVE, {"birth_date": ""}).status_code for _ in range(102)]

    assert (answers[99], answers[-1]) == (400, 429)


def test_a_mail_scanner_uses_nothing_up() -> None:
    link, token = link_with_token()
    for _ in range(20):
        scanner = Client()
        scanner.get(f"/l/{token}/", follow=True)
        scanner.head(f"/l/{token}/")

    link.refresh_from_db()
    assert (link.state, link.wrong_tries) == (LinkState.OPEN, 0)
    assert opened(token).post(PROVE, {"birth_date": BORN}).status_code == 302


def dead_tokens() -> dict[str, str]:
    """Tokens that open nothing, each for another reason."""
    tokens = {}
    link, tokens["revoked"] = link_with_token()
    revoke_links(person=link.person, guardian=link.guardian, by=actor_of(Role.CURATOR, link.school))
    link, tokens["replaced"] = link_with_token()
    issue_link(person=link.person, guardian=link.guardian, channel=LinkChannel.SLIP, by=actor_of())
    link, tokens["expired"] = link_with_token()
    PersonalLink.objects.filter(pk=link.pk).update(expires_on=timezone.now().date() - timedelta(days=1))
    link, tokens["represented no more"] = link_with_token()
    link.person.guardianships.all().delete()
    tokens["altered"] = f"x{tokens['revoked'][1:]}"
    tokens["unknown"] = "z" * 43
    tokens["of an invitation"], tokens["of a card"] = "i" * 43, "c" * 43
    InvitationFactory(token=tokens["of an invitation"])
    CardFactory(token=tokens["of a card"])
    return tokens


def test_dead_links_of_every_kind_answer_alike() -> None:
    tokens = dead_tokens()
    answers = {name: opened(token).get(PROVE) for name, token in tokens.items()}
    posts = {f"{name}, sent": opened(token).post(PROVE, {"birth_date": BORN}) for name, token in tokens.items()}

    assert {answer.status_code for answer in (*answers.values(), *posts.values())} == {404}
    plain = {name: re.sub(rb'value="[\w-]{64}"', b"", answer.content) for name, answer in (answers | posts).items()}
    assert len(set(plain.values())) == 1, plain.keys()


def test_a_personal_link_opens_neither_an_invitation_nor_a_card_nor_another_school() -> None:
    link, token = link_with_token()
    browser = Client()
    browser.get(f"/invited/{token}/")
    browser.get(f"/card/{token}/")

    assert [browser.get("/invited/").status_code, browser.get("/card/").status_code] == [404, 404]
    consents = [ConsentFactory().pk, ConsentFactory(person=PersonFactory(school=link.school)).pk]
    entered = opened(token)
    entered.post(PROVE, {"birth_date": BORN})
    assert [entered.get(f"/my/consents/{pk}/").status_code for pk in consents] == [404, 404]


def test_a_revoked_link_ends_the_session_that_it_began() -> None:
    link, token = link_with_token()
    browser = opened(token)
    browser.post(PROVE, {"birth_date": BORN})

    revoke_links(person=link.person, guardian=link.guardian, by=actor_of(Role.CURATOR, link.school))

    assert browser.get(MINE)["Location"] == f"/log-in/?next={MINE}"
    assert "Откройте её ещё раз" in browser.get(f"/log-in/?next={MINE}").content.decode()


def test_on_the_eighteenth_birthday_nothing_is_opened_for_the_guardian_any_more() -> None:
    link, token = link_with_token()
    browser = opened(token)
    browser.post(PROVE, {"birth_date": BORN})
    before = browser.get(MINE).status_code
    Person.objects.filter(pk=link.person_id).update(birth_date=born_for_age(timezone.now().date()))

    assert (before, browser.get(MINE).status_code) == (200, 302)
    assert opened(token).get(PROVE).status_code == 404


def test_a_session_of_a_link_lives_twelve_hours() -> None:
    _link, token = link_with_token()
    browser = opened(token)
    browser.post(PROVE, {"birth_date": BORN})

    session = browser.session
    session["link_since"] -= 12 * 3600 + 1
    session.save()

    assert browser.get(MINE).status_code == 302


def test_whoever_was_logged_in_is_told_and_logged_out(log_in: LogIn) -> None:
    _link, token = link_with_token()
    actor = actor_of()
    assert actor.user
    browser = opened(token, log_in(actor))

    page = browser.get(PROVE).content.decode()
    browser.post(PROVE, {"birth_date": BORN})

    assert f"открыт вход: {actor.user.short_name}" in page
    assert "_auth_user_id" not in browser.session


def test_the_one_consent_that_is_awaited_is_the_first_page() -> None:
    link, token = link_with_token()
    ConsentFactory(person=link.person, guardian=link.guardian, withdrawn=True)
    consent = ConsentFactory(person=link.person, guardian=link.guardian)

    answer = opened(token).post(PROVE, {"birth_date": BORN})

    assert answer["Location"] == f"/my/consents/{consent.pk}/"


def test_opened_once_more_on_the_same_device_the_link_asks_for_nothing() -> None:
    _link, token = link_with_token()
    browser = opened(token)
    browser.post(PROVE, {"birth_date": BORN})

    assert opened(token, browser).get(PROVE)["Location"] == MINE


def test_an_adults_own_link_asks_for_his_own_birth_date() -> None:
    person = PersonFactory(teacher=True)
    _link, token = issue_link(
        person=person, guardian=None, channel=LinkChannel.SLIP, by=actor_of(Role.CURATOR, person.school)
    )

    browser = opened(token)

    assert "Ваша дата рождения" in browser.get(PROVE).content.decode()
    assert browser.post(PROVE, {"birth_date": "02.04.1980"})["Location"] == MINE


def test_the_first_opening_is_kept_and_no_later_one() -> None:
    link, token = link_with_token()
    opened(token)
    link.refresh_from_db()
    before = link.opened_at

    opened(token).get(PROVE)
    link.refresh_from_db()
    first = link.opened_at
    opened(token).get(PROVE)
    link.refresh_from_db()

    assert (before, first is None, link.opened_at) == (None, False, first)


# ---------------------------------------------------------------- where a token may be found


def test_the_token_is_in_no_row_no_log_line_and_no_page() -> None:
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "django.server")]
    for logger in loggers:
        logger.addHandler(handler)
    link, token = link_with_token()
    ConsentTextFactory(school=link.school)
    ask_consents(person=EnrolmentFactory(person=link.person).person, by=actor_of(Role.CURATOR, link.school))
    try:
        browser = opened(token)
        pages = [browser.get(PROVE), browser.post(PROVE, {"birth_date": "01.01.2001"}), browser.get(f"/l/{token}/x/")]
        browser.post(f"/l/{token}/")
    finally:
        for logger in loggers:
            logger.removeHandler(handler)

    dump = io.StringIO()
    management.call_command("dumpdata", "core", "accounts", "participants", "sessions", stdout=dump)
    sessions = json.dumps(dict(browser.session))
    assert '"status": 404' in heard.getvalue()
    assert [token in text for text in (heard.getvalue(), dump.getvalue(), sessions)] == [False] * 3
    assert [token.encode() in page.content for page in pages[:2]] == [False, False]


def test_pages_behind_the_link_are_kept_by_no_cache() -> None:
    _link, token = link_with_token()
    browser = opened(token)

    before = browser.get(PROVE)
    browser.post(PROVE, {"birth_date": BORN})
    after = browser.get(MINE)

    assert [page["Cache-Control"] for page in (before, after)] == ["no-store", "no-store"]
    assert [page["Referrer-Policy"] for page in (before, after)] == ["same-origin", "same-origin"]


# ---------------------------------------------------------------- issuing


def test_a_new_link_by_the_same_channel_ends_the_old_one_and_leaves_the_other_channel() -> None:
    link, _token = link_with_token()
    by = actor_of(Role.CURATOR, link.school)
    letter, _ = issue_link(person=link.person, guardian=link.guardian, channel=LinkChannel.LETTER, by=by)
    fresh, _ = issue_link(person=link.person, guardian=link.guardian, channel=LinkChannel.SLIP, by=by)

    states = dict(PersonalLink.objects.values_list("pk", "state"))

    assert states == {link.pk: LinkState.REVOKED, letter.pk: LinkState.OPEN, fresh.pk: LinkState.OPEN}


def test_a_link_stands_until_the_persons_programme_ends_else_until_the_end_of_august() -> None:
    today = timezone.localdate()
    person = PersonFactory(teacher=True)
    by = actor_of(Role.CURATOR, person.school)
    august, _ = issue_link(person=person, guardian=None, channel=LinkChannel.SLIP, by=by)
    last = today + timedelta(days=700)
    cycle = CycleFactory(programme__school=person.school, programme__ends_on=last)
    EnrolmentFactory(person=person, cycle=cycle)
    programme, _ = issue_link(person=person, guardian=None, channel=LinkChannel.SLIP, by=by)

    assert ((august.expires_on.month, august.expires_on.day), august.expires_on >= today) == ((8, 31), True)
    assert programme.expires_on == last


# ---------------------------------------------------------------- R20

HOSTS = (
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "evil.example:80"},
    {"HTTP_HOST": "127.0.0.1.evil.example"},
    {"HTTP_HOST": "evil.example."},
    {"HTTP_HOST": "127.0.0.1@evil.example"},
    {"HTTP_HOST": "127.0.0.1:8000@evil.example"},
    {"HTTP_HOST": "evil.example/127.0.0.1"},
    {"HTTP_HOST": "127.0.0.1, evil.example"},
    {"HTTP_HOST": "evil.example#127.0.0.1"},
    {"HTTP_HOST": "evil.example\t127.0.0.1"},
    {"HTTP_HOST": ""},
    {"HTTP_HOST": " "},
    {"HTTP_HOST": "[::1].evil.example"},
    {"HTTP_HOST": "[::2]"},
    {"HTTP_HOST": "0.0.0.0"},
    {"HTTP_HOST": "2130706433"},
    {"HTTP_HOST": "xn--80ak6aa92e.example"},
    {"HTTP_HOST": "пример.рф"},
    {"HTTP_HOST": "127.0.0.1:999999999"},
    {"HTTP_HOST": "127.0.0.1:evil"},
    {"HTTP_HOST": "127.0.0.1."},
    {"HTTP_HOST": "LOCALHOST"},
    {"HTTP_HOST": "localhost:1"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example, 127.0.0.1"},
    {"HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_ORIGINAL_URL": "http://evil.example/"},
    {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_PORT": "444"},
    {"SERVER_NAME": "evil.example"},
    {"HTTP_HOST": "127.0.0.1", "HTTP_X_REWRITE_URL": "//evil.example/"},
)


def letter_links(letter: EmailMessage) -> list[str]:
    return re.findall(r"https?://[^\s/]+", letter.get_content())


def test_links_in_the_letter_about_a_consent_never_take_the_requests_host(
    log_in: LogIn, post_office: PostOffice
) -> None:
    answers: list[int] = []
    for headers in HOSTS:
        bond = GuardianshipFactory()
        EnrolmentFactory(person=bond.minor)
        ConsentTextFactory(school=bond.minor.school)
        browser = log_in(actor_of(Role.CURATOR, bond.minor.school))
        answers.append(
            browser.post(f"/consents/ask/{bond.minor.pk}/", **headers).status_code  # type: ignore[arg-type]
        )
    send_due_notices()

    links = {link for letter in post_office.letters for link in letter_links(letter)}
    print(
        f"R20: {len(HOSTS)} variants, {answers.count(400)} refused, {len(post_office.letters)} letters, {len(links - {settings.SITE_URL})} wrong links"
    )
    assert set(answers) <= {302, 400}
    assert links == {settings.SITE_URL}
    assert len(post_office.letters) == answers.count(302)
    assert Notice.objects.filter(kind="consent-asked").count() == answers.count(302)
