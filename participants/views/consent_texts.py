"""The texts of the consents: read, and written anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from participants.forms.consents import ConsentTextForm, labels_of
from participants.models import ConsentKind, ConsentText
from participants.models.person import REGISTER_READERS
from participants.papers.completeness import check_items
from participants.services.texts import write_text
from participants.views.reach import school_of


@allow(*REGISTER_READERS)
def text_list(request: ActingRequest) -> HttpResponse:
    """What people agree to now, and what earlier forms said."""
    rows = ConsentText.objects.visible_to(request.actor).select_related("created_by").order_by("-version")
    groups = [{"kind": kind, "texts": [_shown(row) for row in rows if row.kind == kind]} for kind in ConsentKind]
    context = {"groups": groups, "may_write": request.actor.role == Role.CURATOR}
    return render(request, "participants/text_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def text_new(request: ActingRequest) -> HttpResponse:
    """Write a new version of the text named by `?kind=`."""
    wanted = request.GET.get("kind")
    kind = ConsentKind(wanted) if wanted in ConsentKind.values else ConsentKind.GUARDIAN
    texts = ConsentText.objects.visible_to(request.actor).filter(kind=kind).order_by("-version")
    now = get_object_or_404(texts[:1])
    form = ConsentTextForm(request.POST or None, now=now)
    is_looking = "check" in request.POST or bool(request.htmx)
    if form.is_valid() and not is_looking:
        try:
            return redirect(do_once(request, lambda: _write(request, kind, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    items = check_items(kind, form.parts_now)
    context = {
        "form": form,
        "now": now,
        "missing": [item for item in items if item.missing],
        "present": [item.name for item in items if not item.missing],
    }
    template = "participants/text_new.html#items" if request.htmx else "participants/text_new.html"
    return render(request, template, context, status=400 if form.errors and not is_looking else 200)


@allow(*REGISTER_READERS)
def text_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One version word for word, as those who were asked with it signed it."""
    text = get_object_or_404(ConsentText.objects.visible_to(request.actor).select_related("created_by"), pk=pk)
    context = {"row": _shown(text), "count": text.consents.count()}
    return render(request, "participants/text_show.html", context)


def _write(request: ActingRequest, kind: ConsentKind, form: ConsentTextForm) -> str:
    seen = form.cleaned_data["seen"]
    text = write_text(school=school_of(request), kind=kind, parts=form.parts, seen=seen, by=request.actor)
    messages.success(
        request, _("Version %(number)s is printed on forms given out from now on.") % {"number": text.version}
    )
    return reverse("participants:text_list")


def _shown(text: ConsentText) -> dict[str, object]:
    """A text with its filled parts under their labels."""
    parts = [(label, getattr(text, name)) for name, label in labels_of(text.kind).items()]
    return {"text": text, "parts": [(label, words) for label, words in parts if words]}
