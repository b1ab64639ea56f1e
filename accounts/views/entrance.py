"""Logging in, by allauth's own flows under our addresses."""

from __future__ import annotations

from typing import Any

import allauth.account.internal.flows  # noqa: F401  the stages cannot be imported before it, as a worker would
from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.http import HttpRequest, HttpResponse

from accounts.forms.entrance import CodeForm, CodeRequestForm, PasswordForm
from core.access import Door, allow


class OpenPage:
    """Waiting for a code does not bar the log-in page: one may have mistyped the address."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class PasswordView(OpenPage, LoginView):
    """The log-in page: a code on the left, a password on the right; this half checks the password."""

    form_class = PasswordForm
    template_name = "accounts/log_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)
        return kwargs | {"password_form": kwargs["form"], "code_form": CodeRequestForm()}


class CodeRequestView(OpenPage, RequestLoginCodeView):
    """The other half of the log-in page: it sends a code and says the same of every address."""

    form_class = CodeRequestForm
    template_name = "accounts/log_in.html"

    def form_valid(self, form: CodeRequestForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if form.user is None:
            get_adapter().send_mail("account/email/login_code", form.cleaned_data["email"], {"code": ""})
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)
        return kwargs | {"code_form": kwargs["form"], "password_form": PasswordForm(request=self.request)}


class CodeView(ConfirmLoginCodeView):
    """Typing the code from the letter."""

    form_class = CodeForm
    template_name = "accounts/log_in_code.html"


log_in = allow(Door.ANYONE, methods="GET POST")(PasswordView.as_view())
code_request = allow(Door.ANYONE, methods="GET POST")(CodeRequestView.as_view())
code_confirm = allow(Door.ANYONE, methods="GET POST")(CodeView.as_view())
