import pytest
from django.core.exceptions import ValidationError

from accounts.passwords import check_secret, is_code_enough
from core.models import Role, User

PUPIL, STAFF = (Role.MENTEE,), (Role.CURATOR,)


@pytest.mark.parametrize(
    ("roles", "enough"),
    [
        ((Role.MENTEE,), True),
        ((Role.MENTOR, Role.GUARDIAN), True),
        ((Role.MENTOR, Role.CURATOR), False),
        ((Role.OBSERVER,), False),
        ((), False),
    ],
)
def test_a_short_code_is_enough_for_those_who_open_only_their_own_pages(roles: tuple[Role, ...], enough: bool) -> None:
    assert is_code_enough(roles) is enough


@pytest.mark.parametrize("secret", ["тихий-берег-38", "n7-sluda-44x", "коза-дереза"])
def test_a_good_password_of_staff_is_taken(secret: str) -> None:
    check_secret(secret, user=User(), roles=STAFF)


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("коза-козе", "password_too_short"),
        ("1q2w3e4r5t", "password_too_common"),
        ("Школа2026!!", "password_school_word"),
        ("наставник-77", "password_school_word"),
        ("соколова-мария", "password_too_similar"),
    ],
)
def test_a_weak_password_of_staff_is_refused(secret: str, code: str) -> None:
    user = User(surname="Соколова", email="sokolova@school.test")

    with pytest.raises(ValidationError) as refusal:
        check_secret(secret, user=user, roles=STAFF)

    assert [error.code for error in refusal.value.error_list] == [code]


@pytest.mark.parametrize("secret", ["407193", "мёд-17", "k9m2xr"])
def test_a_good_code_of_a_pupil_is_taken(secret: str) -> None:
    check_secret(secret, user=User(login="abc-def-ghk"), roles=PUPIL)


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("40719", "code_too_short"),
        ("111111", "code_too_easy"),
        ("121212", "code_too_easy"),
        ("123456", "code_too_easy"),
        ("987654", "code_too_easy"),
        ("abcdefghk", "code_is_login"),
        ("ABC-DEF-GHK", "code_is_login"),
    ],
)
def test_a_weak_code_of_a_pupil_is_refused(secret: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_secret(secret, user=User(login="abc-def-ghk"), roles=PUPIL)

    assert [error.code for error in refusal.value.error_list] == [code]
