"""The people of a school."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.people import MemberFilterForm
from accounts.services.members import end_membership
from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, Role
from core.russian import search_key

STAFF = (Role.CURATOR, Role.ADMINISTRATOR)
PER_PAGE = 50
Line = dict[str, object]
ORDERS = {
    "name": ("user__sort_key", "user_id", "role"),
    "role": ("role", "user__sort_key", "pk"),
    "new": ("-created_at", "-pk"),
}


@allow(*STAFF)
def member_list(request: ActingRequest) -> HttpResponse:
    """Everyone who has a role in the school, with a search by name, role and order."""
    form = MemberFilterForm(request.GET)
    form.is_valid()
    everyone = Membership.objects.visible_to(request.actor).active()
    rows = _chosen(everyone, form.cleaned_data).values_list(
        "pk", "role", "post", "user_id", "user__surname", "user__given_name", "user__patronymic", "user__email", "user__login"
    )  # fmt: skip
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    people = everyone.values("user").distinct().count()
    context = {
        "people": people,
        "form": form,
        "page": page,
        "rows": _lines(page, request),
        "people_at": reverse("accounts:member_list"),
    }
    record_event(verb="view", detail={"list": "members", "rows": len(page)}, by=request.actor)
    template = "accounts/member_list.html#rows" if request.htmx else "accounts/member_list.html"
    return render(request, template, context)


@allow(*STAFF, methods="GET POST")
def member_end(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then end the role."""
    rows = Membership.objects.visible_to(request.actor).active().select_related("user")
    membership = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/member_end.html", {"membership": membership})
    try:
        end_membership(membership=membership, by=request.actor)
        messages.success(request, _("The role has been ended. The journal keeps that you did it."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("accounts:member_list")


def _chosen(rows: QuerySet[Membership], wanted: dict[str, str]) -> QuerySet[Membership]:
    for word in search_key(wanted.get("q", "")).split():
        rows = rows.filter(user__search_key__contains=word)
    if wanted.get("role"):
        rows = rows.filter(role=wanted["role"])
    return rows.order_by(*ORDERS[wanted.get("sort") or "name"])


def _lines(rows: Iterable[tuple[int, str, str, int, str, str, str, str, str]], request: ActingRequest) -> list[Line]:
    roles = {value: str(label) for value, label in Role.choices}
    return [
        {
            "pk": pk,
            "name": " ".join(filter(None, (surname, given_name, patronymic))) or login,
            "role": roles[role],
            "post": post,
            "email": email,
            "login": login,
            "is_self": user == request.actor.user_id,
        }
        for pk, role, post, user, surname, given_name, patronymic, email, login in rows
    ]
