"""Editing the stamps of approval of a living programme."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from roadmap.forms.editing import ApprovalForm
from roadmap.forms.entries import number_in, texts_sent
from roadmap.models import Approval, Programme
from roadmap.services.editing import ChangedSince
from roadmap.services.heads import approval_text, edit_approvals
from roadmap.views.edit_page import PAGE, page_context, to_page

MOST = 12
NAMES = ("key", "word", "by", "person", "basis", "date", "number")


@allow(Role.CURATOR, methods="GET POST")
def programme_approvals(request: ActingRequest, pk: int) -> HttpResponse:
    """All stamps open in their place."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor).select_related("school"), pk=pk)
    if request.method != "POST":
        return _show(request, programme, _standing(programme), _texts(programme))
    data, opened = request.POST.copy(), texts_sent(request.POST, "opened")
    verb, _colon, what = data.get("do", "").partition(":")
    if verb in {"add_stamp", "drop_stamp"}:
        return _show(request, programme, _retyped(data, number_in(what) if verb == "drop_stamp" else None), opened)
    forms = [ApprovalForm(data, prefix=f"r{row}", auto_id="stamp-%s") for row in range(_count(data))]
    if not all(form.is_valid() for form in forms):
        return _show(request, programme, forms, opened, status=400)
    wish = [form.cleaned_data for form in forms]
    try:
        change = edit_approvals(programme=programme, wish=wish, opened=opened, by=request.actor)
    except ChangedSince as refusal:
        return _show(request, programme, forms, _texts(programme), status=409, refusal=str(refusal))
    except DomainError as refusal:
        return _show(request, programme, forms, opened, status=400, refusal=str(refusal))
    return to_page(request, pk, change, anchor="approvals")


def _standing(programme: Programme) -> list[ApprovalForm]:
    return [
        _form({"key": row.pk, **{name: getattr(row, name) for name in NAMES[1:]}}, place)
        for place, row in enumerate(programme.approvals.all())
    ]


def _retyped(data: QueryDict, without: int | None) -> list[ApprovalForm]:
    """The rows as typed: without one of them, or with one more."""
    rows: list[dict[str, Any]] = [
        {name: data.get(f"r{row}-{name}", "") for name in NAMES} for row in range(_count(data)) if row != without
    ]
    if without is None and len(rows) < MOST:
        rows.append({})
    return [_form(row, place) for place, row in enumerate(rows)]


def _form(values: dict[str, Any], place: int) -> ApprovalForm:
    return ApprovalForm(initial=values, prefix=f"r{place}", auto_id="stamp-%s")


def _texts(programme: Programme) -> dict[str, str]:
    return {str(row.pk): approval_text(row) for row in Approval.objects.filter(programme=programme)}


def _count(data: QueryDict) -> int:
    return min(number_in(data.get("rows", "")), MOST)


def _show(
    request: ActingRequest,
    programme: Programme,
    forms: list[ApprovalForm],
    opened: dict[str, str],
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "stamps": forms,
        "kept": [("opened", json.dumps(opened, ensure_ascii=False))],
        "refusal": refusal,
        "theirs": list(opened.values()) if status == 409 else [],
    }
    return render(request, PAGE, page_context(request, programme, at="approvals") | context, status=status)
