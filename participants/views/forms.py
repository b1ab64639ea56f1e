"""The school's forms of mentoring and their role models."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from participants.forms.mentoring_forms import MentoringFormForm
from participants.models import TAKING_PART, MentoringForm
from participants.models.person import REGISTER_READERS
from participants.services.forms import give_standard_forms, lacking_forms, save_form
from participants.views.reach import school_of


@allow(*REGISTER_READERS)
def form_list(request: ActingRequest) -> HttpResponse:
    """The forms the school uses and those it does not, with their role models."""
    enrolled = Count("enrolments", filter=Q(enrolments__state__in=TAKING_PART))
    rows = MentoringForm.objects.visible_to(request.actor).annotate(people=enrolled)
    forms = list(rows.prefetch_related("role_models").order_by("model", "place", "pk"))
    context = {
        "used": [row for row in forms if row.is_used],
        "unused": [row for row in forms if not row.is_used],
        "lacking": lacking_forms(school_of(request)),
        "may_write": request.actor.role == Role.CURATOR,
    }
    return render(request, "participants/form_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def form_new(request: ActingRequest) -> HttpResponse:
    """Add a form of the school's own."""
    return _write(request, None)


@allow(Role.CURATOR, methods="GET POST")
def form_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a form, its role models, or switch it off."""
    return _write(request, get_object_or_404(MentoringForm.objects.visible_to(request.actor), pk=pk))


@allow(Role.CURATOR, methods="POST")
def form_standard(request: ActingRequest) -> HttpResponse:
    """Bring back the standard forms that are missing."""
    count = give_standard_forms(school_of(request), request.actor)
    words = ngettext("%(count)s standard form is back.", "%(count)s standard forms are back.", count)
    messages.success(request, words % {"count": count} if count else _("No standard form is missing."))
    return redirect("participants:form_list")


def _write(request: ActingRequest, row: MentoringForm | None) -> HttpResponse:
    form = MentoringFormForm(request.POST or None, initial=_initial(row))
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, row, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "row": row}
    return render(request, "participants/form_edit.html", context, status=400 if form.errors else 200)


def _save(request: ActingRequest, row: MentoringForm | None, form: MentoringFormForm) -> str:
    save_form(school=school_of(request), form=row, **form.columns, by=request.actor)
    messages.success(request, _("The form is saved."))
    return reverse("participants:form_list")


def _initial(row: MentoringForm | None) -> dict[str, object]:
    if row is None:
        return {"is_used": True}
    columns = ("name", "model", "mentor_kind", "mentee_kind", "is_of_employees", "is_used")
    role_models = "\n".join(row.role_models.values_list("name", flat=True))
    return {name: getattr(row, name) for name in columns} | {"role_models": role_models}
