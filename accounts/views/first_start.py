"""The very first page of an empty installation, opened with a code from the console."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.people import KeeperForm
from accounts.forms.start import StartCodeForm
from accounts.handover import hand_over, handed_over
from accounts.limits import is_too_often
from accounts.services.schools import Keeper, is_start_code, start_installation
from accounts.views.links import let_in
from accounts.views.schools import SchoolForms, show_links
from core.access import ActingRequest, Door, allow
from core.error_pages import too_many
from core.errors import DomainError
from core.models import School


@allow(Door.ANYONE, methods="GET POST")
def start(request: ActingRequest) -> HttpResponse:
    """Type the code that was printed on the console; there is no such page once there is a school."""
    if School.objects.exists():
        raise Http404
    if request.method == "POST" and is_too_often(request, "start", most=10, seconds=900):
        return too_many(request)
    form = StartCodeForm(request.POST or None)
    if form.is_valid():
        if is_start_code(form.cleaned_data["code"]):
            hand_over(request, "start", {"code": form.cleaned_data["code"]})
            return redirect("accounts:start_school")
        form.add_error("code", _("This is not the code printed last on the console, or it is older than a day."))
    return render(request, "accounts/start.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters("keeper-secret")
@allow(Door.ANYONE, methods="GET POST")
def start_school(request: ActingRequest) -> HttpResponse:
    """The first school, its first people, and who looks after the installation; all or nothing."""
    if not is_start_code(handed_over(request, "start").get("code", "")):
        return redirect("accounts:start") if not School.objects.exists() else _over(request)
    data = request.POST or None
    keeper, forms = KeeperForm(data, prefix="keeper"), SchoolForms(data)
    if request.method == "POST" and all([keeper.is_valid(), forms.are_valid()]):
        try:
            return _begin(request, keeper, forms)
        except DomainError as error:
            messages.error(request, str(error))
    context = {"keeper": keeper, "forms": forms}
    return render(request, "accounts/start_school.html", context, status=400 if data else 200)


def _begin(request: ActingRequest, keeper: KeeperForm, forms: SchoolForms) -> HttpResponse:
    person = Keeper(email=keeper.cleaned_data["email"], password=keeper.cleaned_data["secret"], **keeper.names)
    user, invited = start_installation(
        keeper=person,
        requisites=forms.school.requisites,
        periods=forms.calendar.periods,
        invitees=forms.invitees,
    )
    let_in(request, user)
    request.session.pop("start", None)
    show_links(request, invited)
    messages.success(request, _("The school is there. Now its curator and administrator accept their invitations."))
    return redirect("accounts:installation")


def _over(request: ActingRequest) -> HttpResponse:
    messages.info(request, _("The first school has already been made. Log in instead."))
    return redirect("account_login")
