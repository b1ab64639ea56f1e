"""Logging in: a code by e-mail, or a password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from core.models import User


class CodeRequestForm(PlainForm, RequestLoginCodeForm):
    """The address a code is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail address")
        field.widget.attrs = {"autocomplete": "email", "inputmode": "email"}

    @property
    def user(self) -> User | None:
        """Who has the address, after a valid form."""
        found: User | None = self._user
        return found


class CodeForm(PlainForm, ConfirmLoginCodeForm):
    """The code from the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the letter")
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
            "class": "code-field",
        }


class PasswordForm(PlainForm, LoginForm):
    """An address or a login name from a card, and the password or code that belongs to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or login name from the card")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].label = _("Password or code")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        return str(super().clean_login()).lower()

    def user_credentials(self) -> dict[str, str]:
        """Either an address or a login name, so that one password is checked whoever asks: both take the same time."""
        login, kind = self.cleaned_data["login"], "email" if "@" in self.cleaned_data["login"] else "username"
        return {kind: login, "password": self.cleaned_data["password"]}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and not self.user.is_active:
            raise get_adapter().validation_error("email_password_mismatch")
        return cleaned
