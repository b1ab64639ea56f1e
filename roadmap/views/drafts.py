"""A draft: looking it over beside what it was laid out from, making the programme."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.models import Role
from roadmap.blueprints import find_template
from roadmap.drafting.changes import write_fields
from roadmap.drafting.page import Card, DraftPage, card_of, draft_page
from roadmap.drafting.sheet import Sheet, sheet_from_json
from roadmap.forms.drafts import PART_FORMS
from roadmap.models import Draft
from roadmap.services.checking import school_facts
from roadmap.services.drafts import discard_draft, save_draft
from roadmap.services.programmes import DraftNotReady, make_programme
from roadmap.views.draft_deeds import deed_of
from roadmap.views.programme_new import go

TEMPLATE = "roadmap/draft_review.html"


@allow(Role.CURATOR, methods="GET POST")
def draft_review(request: ActingRequest, pk: int) -> HttpResponse:
    """Look the outline over and mend it; a POST saves one part."""
    draft = _draft(request, pk)
    if draft.programme_id:
        return go(request, reverse("roadmap:programme_show", args=(draft.programme_id,)))
    if request.method == "POST":
        return _save(request, draft)
    sheet = sheet_from_json(draft.entered)
    edit = request.GET.get("edit", "")
    if request.htmx and request.htmx.target == edit and edit in sheet.parts:
        return _render_part(request, draft, sheet, edit, is_open=True)
    context = page_context(draft, sheet) | {"edit": edit, "form": _form(sheet, edit)}
    return render(request, TEMPLATE, context | {"lines": _source_lines(draft, sheet)})


@allow(Role.CURATOR, methods="POST")
def draft_change(request: ActingRequest, pk: int) -> HttpResponse:
    """One deed on the draft: move, delete, restore, add, take back a line, settle a warning."""
    draft = _draft(request, pk)
    deed = deed_of(request.POST.get("do", ""))
    if draft.programme_id or deed is None:
        return go(request, reverse("roadmap:draft_review", args=(pk,)))
    edit, anchor = deed(draft, request.actor)
    if not request.htmx:
        query = f"?edit={edit}" if edit else ""
        return redirect(f"{reverse('roadmap:draft_review', args=(pk,))}{query}#{anchor}")
    sheet = sheet_from_json(draft.entered)
    context = page_context(draft, sheet) | {"edit": edit, "form": _form(sheet, edit), "is_live": True}
    return render(request, f"{TEMPLATE}#sheet", context)


@allow(Role.CURATOR, methods="POST")
def draft_make(request: ActingRequest, pk: int) -> HttpResponse:
    """Make the programme."""
    draft = _draft(request, pk)
    try:
        programme = make_programme(draft=draft, by=request.actor)
    except DraftNotReady as refusal:
        sheet = sheet_from_json(draft.entered)
        faulty = page_context(draft, sheet)["page"].faulty
        edit = faulty[0].key if faulty else ""
        context = page_context(draft, sheet) | {"edit": edit, "form": _form(sheet, edit), "refusal": str(refusal)}
        return render(request, TEMPLATE, context | {"lines": _source_lines(draft, sheet)}, status=400)
    messages.success(request, _("The programme is made. Its deadlines will be reminded of in time."))
    return redirect("roadmap:programme_show", programme.pk)


@allow(Role.CURATOR, methods="POST")
def draft_discard(request: ActingRequest, pk: int) -> HttpResponse:
    """Delete the draft, with its file where it has one."""
    try:
        discard_draft(draft=_draft(request, pk), by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is deleted."))
    return redirect("roadmap:programme_list")


@allow(Role.CURATOR)
def draft_source(request: ActingRequest, pk: int) -> HttpResponse:
    """The document as it was brought."""
    draft = _draft(request, pk)
    if draft.source is None:
        raise Http404
    return serve_file(draft.source, by=request.actor)


def page_context(draft: Draft, sheet: Sheet) -> dict[str, Any]:
    """What the page and its partials need of a draft."""
    page = draft_page(sheet, draft.settled, _today(draft), school_facts(draft.school))
    dropped = draft.outline["dropped"]
    numbered = {text.strip(): place for place, text in enumerate(draft.lines, 1)}
    left = [(place, text, numbered.get(text.strip())) for place, text in enumerate(dropped) if place not in sheet.taken]
    return {
        "draft": draft,
        "template": find_template(draft.template),
        "page": page,
        "sheet": sheet,
        "dropped": left,
        "saved_at": timezone.localtime(draft.changed_at, draft.school.zone),
    }


def _draft(request: ActingRequest, pk: int) -> Draft:
    rows = Draft.objects.visible_to(request.actor).select_related("school", "source", "previous")
    return get_object_or_404(rows, pk=pk)


def _save(request: ActingRequest, draft: Draft) -> HttpResponse:
    """Keep what was typed into one part; faults are shown, never a reason to lose it."""
    key, seen = request.POST.get("part", ""), request.POST.get("seen", "")
    if key not in draft.entered["parts"]:
        return go(request, reverse("roadmap:draft_review", args=(draft.pk,)))
    change = partial(write_fields, key=key, typed=request.POST.dict(), seen=int(seen) if seen.isdecimal() else 0)
    sheet = save_draft(draft=draft, change=change, by=request.actor)
    part = sheet.parts[key]
    is_ready = not card_of(part, sheet, (), _today(draft)).faults and part.rival is None
    if request.htmx:
        if request.POST.get("do") == "save":
            return _render_part(request, draft, sheet, key, is_open=not is_ready)
        return render(request, f"{TEMPLATE}#live", _part_context(draft, sheet, key) | {"is_live": True})
    query = "" if is_ready else f"?edit={key}"
    return redirect(f"{reverse('roadmap:draft_review', args=(draft.pk,))}{query}#{key}")


def _render_part(request: HttpRequest, draft: Draft, sheet: Sheet, key: str, *, is_open: bool) -> HttpResponse:
    context = _part_context(draft, sheet, key) | {"edit": key if is_open else "", "is_live": True}
    return render(request, f"{TEMPLATE}#part", context)


def _part_context(draft: Draft, sheet: Sheet, key: str) -> dict[str, Any]:
    context = page_context(draft, sheet)
    page: DraftPage = context["page"]
    card: Card = next(card for card in page.cards() if card.key == key)
    return context | {"card": card, "form": _form(sheet, key)}


def _form(sheet: Sheet, key: str) -> Any:
    part = sheet.parts.get(key)
    return PART_FORMS[part.kind](part, sheet) if part else None


def _source_lines(draft: Draft, sheet: Sheet) -> list[tuple[int, str, str]]:
    """The lines that say something: number, text, and the key of the activity that begins there."""
    begins = {part.line: part.key for part in sheet.standing(sheet.activities) if part.line}
    return [(place, text, begins.get(place, "")) for place, text in enumerate(draft.lines, 1) if text.strip()]


def _today(draft: Draft) -> Any:
    return timezone.localdate(timezone=draft.school.zone)
