"""Where allauth meets the installation: letters go through the outbox, nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from accounts.tokens import new_token
from core.models import User
from core.notices import queue_notice


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own flows with our words, our letters and our limits."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The address or login name and the password do not match."),
        "username_password_mismatch": _("The address or login name and the password do not match."),
        "incorrect_code": _("This is not the code from the letter. Look at the newest letter."),
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter with a log-in code; allauth sends no other in this installation.

        An address that nobody has gets its row as well, from which no letter follows: both take the same time.
        """
        if template_prefix != "account/email/login_code":
            raise NotImplementedError(template_prefix)
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        queue_notice(key=f"login_code:{new_token()}", kind="login_code", user=user, secret={"code": context["code"]})

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Only what allauth says in so many words; its pages of success speak for themselves here."""
        if kwargs.get("message"):
            super().add_message(*args, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("/")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        login = credentials.get("email", credentials.get("username", "")).lower()
        return f"{login}:{self.get_client_ip(request)}"
