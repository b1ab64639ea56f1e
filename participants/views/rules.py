"""What the school settles about its register and its consents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.models import Role
from participants.forms.rules import RulesForm
from participants.services.rules import change_rules, rules_of
from participants.views.reach import school_of


@allow(Role.CURATOR, methods="GET POST")
def rules_edit(request: ActingRequest) -> HttpResponse:
    """Read the rules and settle them anew."""
    school = school_of(request)
    form = RulesForm.of(rules_of(school), request.POST if request.method == "POST" else None)
    if form.is_valid():
        change_rules(school=school, **form.cleaned_data, by=request.actor)
        messages.success(request, _("The rules hold from now on."))
        return redirect("participants:rules_edit")
    return render(request, "participants/rules_edit.html", {"form": form}, status=400 if form.errors else 200)
