"""Publication: who was asked, and what each has allowed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.publication import ChoicesForm, PublicationFilterForm
from participants.models import ConsentPurpose, Person, PublishedItem
from participants.models.person import REGISTER_READERS
from participants.services.consent_papers import print_forms
from participants.services.cycles import today_in
from participants.services.publication import OPEN_TO_CHOICE, ask_publication_of, why_not_asked, write_choices
from participants.services.publication_lines import found_people, public_lines
from participants.views.consent_check import consent_of
from participants.views.reach import school_of

PER_PAGE = 50


@allow(*REGISTER_READERS)
def publication_list(request: ActingRequest) -> HttpResponse:
    """Those who take part, with what may be shown of each, and asking them."""
    school = school_of(request)
    form = PublicationFilterForm(request.GET)
    form.is_valid()
    people = found_people(request.actor, form.cleaned_data, today_in(school))
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": public_lines(page),
        "hindrance": why_not_asked(school),
        "is_narrowed": any(form.cleaned_data.values()),
        "may_write": request.actor.role == Role.CURATOR,
    }
    record_event(verb="list", detail={"list": "publication", "count": len(page)}, by=request.actor)
    template = "participants/publication_list.html#rows" if request.htmx else "participants/publication_list.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def publication_ask(request: ActingRequest) -> HttpResponse:
    """Ask for the people ticked, at most a page of them, or for the one on whose card it was pressed."""
    keys = [key for key in request.POST.getlist("person") if key.isascii() and key.isdigit() and len(key) < 19]
    people = list(Person.objects.visible_to(request.actor).filter(pk__in=keys[:PER_PAGE]).order_by("sort_key", "pk"))

    def ask() -> str:
        done = ask_publication_of(people=people, by=request.actor)
        print_forms(done.consents, by=request.actor)
        count = len(done.consents)
        if count:
            words = ngettext("%(n)s consent asked for.", "%(n)s consents asked for.", count)
            messages.success(request, words % {"n": count})
        elif not done.refusals:
            messages.info(request, _("Nobody new had to be asked."))
        for refusal in done.refusals:
            messages.warning(request, refusal)
        if "back" in request.POST and len(people) == 1:
            return reverse("participants:person_show", args=(people[0].pk,))
        return reverse("participants:publication_list")

    return redirect(do_once(request, ask))


@allow(*REGISTER_READERS, methods="GET POST")
def publication_choices(request: ActingRequest, pk: int) -> HttpResponse:
    """What one signer allows: entered by the curator from the paper, read by everyone who keeps the register."""
    consent = consent_of(request, pk)
    if consent.purpose != ConsentPurpose.DISSEMINATION:
        raise Http404
    may_write = request.actor.role == Role.CURATOR and consent.state in OPEN_TO_CHOICE
    items = PublishedItem.objects.visible_to(request.actor).filter(consent=consent).select_related("resource")
    form = ChoicesForm(request.POST if may_write and request.method == "POST" else None, items=items)
    if form.is_valid():
        try:
            write_choices(consent=consent, choices=form.choices, by=request.actor)
            messages.success(request, _("What may be shown is written down."))
            return redirect("participants:consent_check", pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    record_event(verb="view", thing=consent, by=request.actor)
    context = {"consent": consent, "form": form, "may_write": may_write}
    status = 400 if form.errors else 200
    return render(request, "participants/publication_choices.html", context, status=status)
