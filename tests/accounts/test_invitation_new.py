"""Inviting, sending again and revoking."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Invitation, PassState
from accounts.services.invitations import Invitee, invite_person
from core.actors import Actor
from core.models import Event, Notice, Role, School
from core.notices import send_due_notices
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, actor_of
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
LIST, NEW = "/people/invitations/", "/people/invitations/new/"
LogIn = Callable[[Actor], Client]
FIELDS = {
    "email": "Roman@school.test",
    "surname": "Белых",
    "given_name": "Роман",
    "patronymic": "",
    "role": "psychologist",
    "post": "педагог",
}


def invite(
    school: School | None = None, email: str = "roman@school.test", role: Role = Role.MENTOR
) -> tuple[Invitation, str]:
    actor = actor_of(Role.CURATOR, school)
    invitee = Invitee(role=role, email=email, surname="Белых", given_name="Роман")
    assert actor.membership is not None
    return invite_person(school=actor.membership.school, invitee=invitee, by=actor)


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_an_invitation_is_a_row_a_letter_and_a_line_in_the_journal(
    log_in: LogIn, post_office: PostOffice, role: Role
) -> None:
    actor = actor_of(role)

    answer = log_in(actor).post(NEW, FIELDS)
    send_due_notices()

    invitation = Invitation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert (invitation.email, invitation.role, invitation.post, invitation.school_id) == (
        "roman@school.test",
        Role.PSYCHOLOGIST,
        "педагог",
        actor.school_id,
    )
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    (letter,) = post_office.letters
    text = letter.get_content()
    assert (letter["To"], "http://127.0.0.1:8000/invited/" in text, "Ваша роль: психолог" in text) == (
        "roman@school.test",
        True,
        True,
    )
    assert list(Event.objects.values_list("verb", "thing", "detail")) == [
        ("invite", f"invitation:{invitation.pk}", {"role": "psychologist"})
    ]


def test_the_link_is_made_from_the_site_s_own_address(
    log_in: LogIn, post_office: PostOffice, settings: Settings
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://stupeni.school.test", ["*"]

    log_in(actor_of()).post(NEW, FIELDS, headers={"host": "evil.test", "x-forwarded-host": "evil.test"})
    send_due_notices()

    text = post_office.letters[0].get_content()
    assert (text.count("https://stupeni.school.test/invited/"), text.count("evil")) == (1, 0)


def test_only_the_digest_of_the_link_is_kept_and_the_sealed_copy_goes_with_the_letter(
    log_in: LogIn, post_office: PostOffice
) -> None:
    log_in(actor_of()).post(NEW, FIELDS)
    send_due_notices()

    token = post_office.letters[0].get_content().split("/invited/")[1].split("/")[0]
    kept = (
        str(list(Invitation.objects.values())) + str(list(Notice.objects.values())) + str(list(Event.objects.values()))
    )
    assert (token in kept, len(Invitation.objects.get().token_hash)) == (False, 64)


def test_without_a_mail_server_the_link_is_shown_to_whoever_invites(log_in: LogIn, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"
    browser = log_in(actor_of())

    page = browser.post(NEW, FIELDS, follow=True).content.decode()

    assert page.count("http://127.0.0.1:8000/invited/") == 1
    assert "invited" not in str(dict(browser.session.items()))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"email": "роман"}, "Введите правильный адрес электронной почты."),
        ({"email": ""}, "Обязательное поле."),
        ({"role": "director"}, "Выберите корректный вариант."),
        ({"surname": ""}, "Обязательное поле."),
    ],
)
def test_bad_input_is_told_and_keeps_what_was_typed(log_in: LogIn, change: dict[str, str], text: str) -> None:
    answer = log_in(actor_of()).post(NEW, FIELDS | change)

    page = answer.content.decode()
    assert (answer.status_code, text in page, 'value="педагог"' in page, Invitation.objects.count()) == (
        400,
        True,
        True,
        0,
    )


def test_a_second_invitation_to_the_same_role_is_refused(log_in: LogIn) -> None:
    browser = log_in(actor_of())
    browser.post(NEW, FIELDS)

    answer = browser.post(NEW, FIELDS)

    assert (answer.status_code, Invitation.objects.count(), Notice.objects.count()) == (400, 1, 1)
    assert "уже отправлено приглашение" in answer.content.decode()


def test_one_who_has_the_role_already_is_not_invited_to_it(log_in: LogIn) -> None:
    actor = actor_of()
    MembershipFactory(school=actor.school, role=Role.PSYCHOLOGIST, user=UserFactory(email="roman@school.test"))

    answer = log_in(actor).post(NEW, FIELDS)

    assert (answer.status_code, Invitation.objects.count()) == (400, 0)
    assert "уже есть такая роль" in answer.content.decode()


def test_an_expired_invitation_makes_room_for_a_new_one(log_in: LogIn) -> None:
    actor = actor_of()
    browser = log_in(actor)
    browser.post(NEW, FIELDS)
    Invitation.objects.update(expires_at=timezone.now())

    browser.post(NEW, FIELDS)

    assert list(Invitation.objects.order_by("pk").values_list("state", flat=True)) == [
        PassState.REVOKED,
        PassState.WAITING,
    ]


def test_the_list_tells_what_became_of_each(log_in: LogIn) -> None:
    actor = actor_of()
    for state in ("waits", "expired", "revoked"):
        invite(actor.school, email=f"{state}@school.test")
    invite(email="elsewhere@school.test")
    Invitation.objects.filter(email__startswith="expired").update(expires_at=timezone.now())
    Invitation.objects.filter(email__startswith="revoked").update(state=PassState.REVOKED, closed_at=timezone.now())

    page = log_in(actor).get(LIST).content.decode()

    assert [
        page.count(text) for text in (">ждёт<", ">срок вышел<", ">отозвано<", "elsewhere@", "Отправить ещё раз")
    ] == [1, 1, 1, 0, 2]


def test_an_empty_list_offers_the_first_step(log_in: LogIn) -> None:
    page = log_in(actor_of()).get(LIST).content.decode()

    assert "Здесь будут приглашения" in page


def test_sending_again_replaces_the_link(log_in: LogIn, post_office: PostOffice) -> None:
    actor = actor_of()
    invitation, token = invite(actor.school)
    Invitation.objects.update(expires_at=timezone.now())

    answer = log_in(actor).post(f"{LIST}{invitation.pk}/resend/", follow=True)
    send_due_notices()

    assert "Отправляем новое письмо" in answer.content.decode()
    (letter,) = post_office.letters
    assert token not in letter.get_content()
    assert Invitation.objects.get().has_expired is False


def test_revoking_asks_first_and_then_closes_the_link(log_in: LogIn, post_office: PostOffice) -> None:
    actor = actor_of()
    invitation, _token = invite(actor.school)
    browser = log_in(actor)
    url = f"{LIST}{invitation.pk}/revoke/"

    asked = browser.get(url)
    state_after_asking = Invitation.objects.get().state
    browser.post(url)
    again = browser.post(url, follow=True)
    send_due_notices()

    assert (asked.status_code, state_after_asking, Invitation.objects.get().state) == (
        200,
        PassState.WAITING,
        PassState.REVOKED,
    )
    assert "уже кто-то изменил" in again.content.decode()
    assert post_office.letters == []


@pytest.mark.parametrize("page", ["resend/", "revoke/"])
def test_another_school_s_invitation_is_not_there(log_in: LogIn, page: str) -> None:
    invitation, _token = invite(SchoolFactory())

    answers = [
        log_in(actor_of(role)).post(f"{LIST}{invitation.pk}/{page}") for role in (Role.CURATOR, Role.ADMINISTRATOR)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Invitation.objects.get().state == PassState.WAITING


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CURATOR, Role.ADMINISTRATOR}))
def test_other_roles_may_not_invite(log_in: LogIn, role: Role) -> None:
    actor = actor_of(role)
    invitation, _token = invite(actor.school)
    browser = log_in(actor)

    answers = [browser.get(LIST), browser.post(NEW, FIELDS), browser.post(f"{LIST}{invitation.pk}/revoke/")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_sending_again_is_no_get(log_in: LogIn) -> None:
    actor = actor_of()
    invitation, _token = invite(actor.school)

    assert log_in(actor).get(f"{LIST}{invitation.pk}/resend/").status_code == 405
