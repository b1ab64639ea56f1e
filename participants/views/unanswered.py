"""Who has not answered, and reminding them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.unanswered import UnansweredForm
from participants.models.person import REGISTER_READERS
from participants.services.asking_many import remind_later
from participants.services.reminding import Reminded, remind_signers
from participants.services.rules import rules_of
from participants.services.unanswered import classes_unanswered, found_unanswered, silent_lines
from participants.views.reach import school_of

PER_PAGE = 50
AT_ONCE = 20
"""More letters than these are queued by the worker."""


@allow(*REGISTER_READERS)
def unanswered_list(request: ActingRequest) -> HttpResponse:
    """What was asked and not answered, with when each was reminded and will be."""
    school = school_of(request)
    form = UnansweredForm(request.GET, classes=classes_unanswered(request.actor))
    form.is_valid()
    found = found_unanswered(request.actor, form.cleaned_data)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": silent_lines(page, school),
        "days": rules_of(school).remind_after,
        "is_narrowed": any(form.cleaned_data.values()),
        "may_write": request.actor.role == Role.CURATOR,
    }
    record_event(verb="list", detail={"list": "unanswered consents", "count": len(page)}, by=request.actor)
    template = "participants/unanswered_list.html#rows" if request.htmx else "participants/unanswered_list.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def unanswered_remind(request: ActingRequest) -> HttpResponse:
    """Write to those ticked, or to everyone the filter found."""
    form = UnansweredForm(request.POST, classes=classes_unanswered(request.actor))
    form.is_valid()
    rows = found_unanswered(request.actor, form.cleaned_data)
    if "all" not in request.POST:
        keys = [key for key in request.POST.getlist("consent") if key.isascii() and key.isdigit() and len(key) < 19]
        rows = rows.filter(pk__in=keys)
    consents = list(rows)

    def remind() -> str:
        if len(consents) > AT_ONCE:
            job = remind_later(consents=[row.pk for row in consents], by=request.actor)
            return reverse("core:job_show", args=(job.pk,))
        _tell(request, remind_signers(consents=consents, by=request.actor))
        kept = {name: value for name, value in form.cleaned_data.items() if value}
        return f"{reverse('participants:unanswered_list')}?{urlencode(kept)}"

    return redirect(do_once(request, remind))


def _tell(request: ActingRequest, done: Reminded) -> None:
    if done.letters:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", done.letters)
        messages.success(request, words % {"n": done.letters})
    elif not done.refusals:
        messages.info(request, _("Nobody was ticked, so nobody was reminded."))
    for refusal in done.refusals:
        messages.warning(request, refusal)
