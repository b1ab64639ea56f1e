"""A person's own name, e-mail address and password."""

from __future__ import annotations

import secrets
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.people import NAMES, AddressCodeForm, AddressForm, ChangeSecretForm, NamesForm
from accounts.handover import hand_over, handed_over
from accounts.limits import is_too_often
from accounts.services.people import change_address, rename_person, send_address_code, set_secret
from core.access import ActingRequest, Door, allow
from core.error_pages import too_many
from core.errors import DomainError
from core.models import User

CODE_SECONDS = 15 * 60
MOST_GUESSES = 3


@allow(Door.SIGNED_IN, methods="GET POST")
def profile(request: ActingRequest) -> HttpResponse:
    """What the installation knows of the person; POST changes the name."""
    user = _user(request)
    form = NamesForm(request.POST or None, initial={name: getattr(user, name) for name in NAMES})
    if form.is_valid():
        rename_person(user=user, **form.names, by=request.actor)
        messages.success(request, _("The name is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters("old", "secret")
@allow(Door.SIGNED_IN, methods="GET POST")
def profile_password(request: ActingRequest) -> HttpResponse:
    """Set a password or a code; all other sessions of the person end."""
    user, by_code = _user(request), _came_by_code(request)
    roles = tuple(row.role for row in request.memberships)
    ask_old = user.has_usable_password() and not by_code
    if request.method == "POST" and is_too_often(request, f"secret:{user.pk}", most=10, seconds=CODE_SECONDS):
        return too_many(request)
    form = ChangeSecretForm(request.POST or None, user=user, roles=roles, ask_old=ask_old)
    if form.is_valid():
        set_secret(user=user, secret=form.cleaned_data["secret"], by=request.actor)
        update_session_auth_hash(request, user)
        messages.success(request, _("Saved. All your other devices have been logged out."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile_password.html", {"form": form}, status=400 if form.errors else 200)


@allow(Door.SIGNED_IN, methods="GET POST")
def profile_address(request: ActingRequest) -> HttpResponse:
    """Name a new address; a code goes there."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and is_too_often(request, "address", most=6, seconds=CODE_SECONDS):
        return too_many(request)
    if form.is_valid():
        code, email = get_adapter().generate_login_code(), form.cleaned_data["email"]
        send_address_code(user=_user(request), email=email, code=code)
        hand_over(request, "address", {"email": email, "code": code, "at": str(int(time.time())), "guesses": "0"})
        return redirect("accounts:profile_address_code")
    return render(request, "accounts/profile_address.html", {"form": form}, status=400 if form.errors else 200)


@allow(Door.SIGNED_IN, methods="GET POST")
def profile_address_code(request: ActingRequest) -> HttpResponse:
    """Type the code that came to the new address; three wrong ones, and it is over."""
    kept = handed_over(request, "address")
    if not kept or time.time() - int(kept["at"]) > CODE_SECONDS or int(kept["guesses"]) >= MOST_GUESSES:
        messages.error(request, _("This code works no more. Ask for a new one."))
        return redirect("accounts:profile_address")
    form = AddressCodeForm(request.POST or None)
    if form.is_valid():
        if secrets.compare_digest(_digits(form.cleaned_data["code"]), _digits(kept["code"])):
            return _take_address(request, kept["email"])
        hand_over(request, "address", kept | {"guesses": str(int(kept["guesses"]) + 1)})
        form.add_error("code", _("This is not the code from the letter. Look at the newest letter."))
    context = {"form": form, "email": kept["email"]}
    return render(request, "accounts/profile_address_code.html", context, status=400 if form.errors else 200)


def _take_address(request: ActingRequest, email: str) -> HttpResponse:
    request.session.pop("address", None)
    try:
        change_address(user=_user(request), email=email, by=request.actor)
        messages.success(request, _("The new address is saved; log in with it from now on."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("accounts:profile")


def _came_by_code(request: ActingRequest) -> bool:
    """Whether this session began with a code by e-mail a short while ago, so that a forgotten password can be replaced."""
    records = request.session.get("account_authentication_methods", [])
    fresh = time.time() - settings.ACCOUNT_LOGIN_TIMEOUT
    return any(record.get("method") == "code" and record.get("at", 0) > fresh for record in records)


def _digits(code: str) -> str:
    """The code without the dashes and spaces people put in."""
    return "".join(sign for sign in code if sign in "0123456789")


def _user(request: ActingRequest) -> User:
    assert request.actor.user is not None
    return request.actor.user
