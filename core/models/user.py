"""A person who logs in."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import KeyField
from core.russian import initials, search_key, sort_key

LOGIN_ALPHABET = "abcdefghkmnprstuvwxyz23456789"


def new_login() -> str:
    """A login name that can be read aloud from a printed card: no letters or digits that look alike."""
    return "-".join("".join(secrets.choice(LOGIN_ALPHABET) for _ in range(3)) for _ in range(3))


class UserManager(BaseUserManager["User"]):
    """Makes users; a user without a password logs in by an e-mail code or sets one from a link."""

    def create_user(self, *, password: str | None = None, **fields: Any) -> User:
        """Store a user; `email` is lower-cased, `login` is made up where none is given."""
        fields["email"] = fields.get("email", "").strip().lower()
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in, with e-mail or with a login name on a printed card."""

    login = models.CharField(_("login name"), max_length=40, unique=True, default=new_login)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    surname = models.CharField(_("surname"), max_length=100, blank=True, default="")
    given_name = models.CharField(_("given name"), max_length=100, blank=True, default="")
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True, default="")
    search_key = KeyField(of=("surname", "given_name", "patronymic"), by=search_key)
    sort_key = KeyField(of=("surname", "given_name", "patronymic"), by=sort_key)
    is_active = models.BooleanField(default=True)
    is_installation_admin = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_belongs_to_one_user"),
        )

    def __str__(self) -> str:
        return f"user {self.pk}"

    @property
    def full_name(self) -> str:
        """«Соколова Мария Евгеньевна»; the login name where no name is known."""
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic))) or self.login

    @property
    def short_name(self) -> str:
        """«Соколова М. Е.»"""
        return "\u00a0".join(filter(None, (self.surname, initials(self.given_name, self.patronymic)))) or self.login
