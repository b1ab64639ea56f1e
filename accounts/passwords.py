"""What a password or a card's code must be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.models import DEVICE_ROLES, Role, User
from core.russian import search_key

SCHOOL_WORDS = frozenset(
    [
        "школа",
        "shkola",
        "school",
        "наставник",
        "nastavnik",
        "наставничество",
        "nastavnichestvo",
        "mentor",
        "mentoring",
        "ментор",
        "куратор",
        "kurator",
        "учитель",
        "uchitel",
        "ученик",
        "uchenik",
        "директор",
        "direktor",
        "завуч",
        "zavuch",
        "ступени",
        "stupeni",
        "пароль",
        "parol",
        "password",
        "йцукен",
        "йцукенгшщз",
        "qwerty",
        "qwertyuiop",
    ]
)
SHORTEST_CODE = 6


class SchoolWordsValidator:
    """Refuses a password that is one word of school life with digits or signs around it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for «Школа2026!» and the like."""
        if search_key(re.sub(r"[\W\d_]+", "", password)) in SCHOOL_WORDS:
            raise ValidationError(
                _("This password is one of the first that others would try. Take a few unrelated words."),
                code="password_school_word",
            )

    def get_help_text(self) -> str:
        return _("Not a word like “school” or “password” with digits around it.")


def is_code_enough(roles: Iterable[str]) -> bool:
    """A short code will do for those who open only their own pages: mentors, mentees, parents."""
    given = {Role(role) for role in roles}
    return bool(given) and given <= DEVICE_ROLES


def check_secret(secret: str, *, user: User, roles: Iterable[str]) -> None:
    """Raise ValidationError, in words for the person himself, unless `secret` will do for these roles."""
    if not is_code_enough(roles):
        validate_password(secret, user)
        return
    if len(secret) < SHORTEST_CODE:
        raise ValidationError(_("The code must have at least 6 letters or digits."), code="code_too_short")
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(secret)}
    if len(set(secret)) <= 2 or steps in ({1}, {-1}):
        raise ValidationError(_("This code is too easy to guess. Take one that has no pattern."), code="code_too_easy")
    if secret.casefold() in user.login.replace("-", "") or secret.casefold() == user.login:
        raise ValidationError(_("The code must not repeat the login name."), code="code_is_login")
