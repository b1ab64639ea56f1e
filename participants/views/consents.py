"""The consents of a school: the list, asking, reminding, the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.once import do_once
from participants.forms.consents import ConsentFilterForm
from participants.models import Consent, Person
from participants.models.person import REGISTER_READERS
from participants.services.asking import ask_consents, ask_many
from participants.services.asking_many import ask_later
from participants.services.consent_lines import (
    MISSING,
    PARTS,
    consent_lines,
    counts_of_parts,
    found_consents,
    found_people,
    missing_lines,
)
from participants.services.consent_papers import print_forms
from participants.services.consent_standing import people_not_asked, waiting_to_be_checked
from participants.services.cycles import today_in
from participants.services.reminding import remind_signer
from participants.views.reach import person_of, school_of, step_error

PER_PAGE = 50
WITH_ORIGINALS = ("in_force", "expiring")
RARE = {name for name, part in PARTS.items() if part.is_rare}
AT_ONCE = 20
"""More people than these are asked by the worker: each takes some thirty queries."""


@allow(*REGISTER_READERS)
def consent_list(request: ActingRequest) -> HttpResponse:
    """The consents by what is to be done with them, and the people who were not asked yet."""
    counts = counts_of_parts(request.actor, today_in(school_of(request)))
    chosen = request.GET.get("tab", "")
    if chosen not in counts:
        chosen = next(
            (name for name in ("contested", "sent", MISSING, "returned", "asked") if counts[name]), "in_force"
        )
    form = _filter(request, chosen)
    context = {
        "form": form,
        "counts": counts,
        "chosen": chosen,
        "tabs": _tabs(counts, chosen),
        "may_write": request.actor.role == Role.CURATOR,
        "first": waiting_to_be_checked(request.actor).values_list("pk", flat=True).first(),
        "is_narrowed": any(form.cleaned_data.get(name) for name in ("q", "purpose", "original")),
        **(_missing(request, form) if chosen == MISSING else _part(request, chosen, form)),
    }
    record_event(verb="list", detail={"list": "consents", "count": len(context["page"])}, by=request.actor)
    template = "participants/consent_list.html#rows" if request.htmx else "participants/consent_list.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def consent_ask(request: ActingRequest, person: int) -> HttpResponse:
    """Ask for everything this person still needs."""
    row = person_of(request, person)
    back = reverse("participants:person_show", args=(person,))

    def ask() -> str:
        _tell_asked(request, ask_consents(person=row, by=request.actor))
        return back

    try:
        return redirect(do_once(request, ask))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(back)


@allow(Role.CURATOR, methods="POST")
def consent_ask_many(request: ActingRequest) -> HttpResponse:
    """Ask for the people ticked in the list, or for all of them."""
    people = list(_chosen_people(request))

    def ask() -> str:
        if len(people) > AT_ONCE:
            job = ask_later(people=[person.pk for person in people], by=request.actor)
            return reverse("core:job_show", args=(job.pk,))
        asked, refusals = ask_many(people=people, by=request.actor)
        _tell_asked(request, asked)
        for refusal in refusals:
            messages.warning(request, refusal)
        return f"{reverse('participants:consent_list')}?tab={MISSING if refusals else 'asked'}"

    return redirect(do_once(request, ask))


@allow(Role.CURATOR, methods="POST")
def consent_remind(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the letter once more."""
    consent = get_object_or_404(Consent.objects.visible_to(request.actor), pk=pk)
    if not step_error(request, lambda: remind_signer(consent=consent, by=request.actor)):
        messages.success(request, _("The letter is on its way, with a new link."))
    return redirect("participants:consent_check", pk)


@allow(*REGISTER_READERS, methods="GET POST")
def consent_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """The form as it was printed; POST has one printed that is not there yet."""
    consent = get_object_or_404(Consent.objects.visible_to(request.actor).select_related("paper"), pk=pk)
    if consent.paper is not None:
        return serve_file(consent.paper, by=request.actor)
    if request.method == "POST":
        for job in print_forms([consent], by=request.actor):
            return redirect("core:job_show", job.pk)
    return redirect("participants:consent_check", pk)


def _chosen_people(request: ActingRequest) -> QuerySet[Person]:
    """Those ticked; where «all» was pressed, everyone not asked yet."""
    if "all" in request.POST:
        people = people_not_asked(request.actor, today_in(school_of(request)))
    else:
        keys = [key for key in request.POST.getlist("person") if key.isascii() and key.isdigit() and len(key) < 19]
        people = Person.objects.visible_to(request.actor).filter(pk__in=keys)
    return people.order_by("sort_key", "pk")


def _filter(request: ActingRequest, chosen: str) -> ConsentFilterForm:
    """The form of the part that is shown, without what says nothing there."""
    form = ConsentFilterForm(request.GET)
    form.is_valid()
    if chosen == MISSING:
        del form.fields["purpose"], form.fields["sort"]
    if chosen not in WITH_ORIGINALS:
        del form.fields["original"]
    return form


def _tabs(counts: dict[str, int], chosen: str) -> list[Tab]:
    labels = {name: part.label for name, part in PARTS.items()}
    order = ("contested", "sent", MISSING, "asked", "returned", "accepted", "expiring", "in_force", "ended")
    url = reverse("participants:consent_list")
    return [
        Tab(labels.get(name, _("Not asked yet")), f"{url}?tab={name}", counts[name], name == chosen)
        for name in order
        if counts[name] or name == chosen or name not in RARE
    ]


def _part(request: ActingRequest, chosen: str, form: ConsentFilterForm) -> dict[str, Any]:
    part = PARTS[chosen]
    page = Paginator(found_consents(request.actor, part, form.cleaned_data), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "part": part, "lines": consent_lines(page, part, school_of(request))}


def _missing(request: ActingRequest, form: ConsentFilterForm) -> dict[str, Any]:
    today = today_in(school_of(request))
    people = found_people(request.actor, form.cleaned_data, today)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lines": missing_lines(page, today)}


def _tell_asked(request: ActingRequest, asked: list[Consent]) -> None:
    """Have the forms printed, and say what was asked and who has to be given it on paper."""
    print_forms(asked, by=request.actor)
    if not asked:
        messages.info(request, _("Nobody new had to be asked."))
        return
    count = len(asked)
    messages.success(request, ngettext("%(n)s consent asked for.", "%(n)s consents asked for.", count) % {"n": count})
    by_hand = sum(1 for row in asked if not (row.guardian.email if row.guardian else row.person.email))
    if by_hand:
        text = ngettext(
            "%(n)s of them has no e-mail address: print a slip with a code.",
            "%(n)s of them have no e-mail address: print slips with a code.",
            by_hand,
        )
        messages.warning(request, text % {"n": by_hand})
