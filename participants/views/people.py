"""The register: the list of people, a person's card, entering and changing one."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.counted import counted
from core.errors import DomainError
from core.forms import labelled_fields
from core.journal import record_event
from core.models import Role, School
from core.once import do_once
from core.paging import CountedPage
from participants.forms.enrolments import PartForm
from participants.forms.entry import EntryForms
from participants.forms.people import PersonFilterForm, PersonForm
from participants.hanging import hanging_on
from participants.models import Area, Person
from participants.models.person import REGISTER_READERS
from participants.register.card import card_of
from participants.register.charges import classes_of, in_charge_of_person
from participants.register.listing import Facts, facts_of, found_people, lines_of, page_of, totals_of
from participants.register.notes import notes_on
from participants.register.sheet import sheet_of
from participants.services.cycles import current_cycle, today_in
from participants.services.doors import door_of
from participants.services.enrolments import enrol_person
from participants.services.links import locked_links
from participants.services.people import add_guardian, add_person, change_person, remove_person, why_not_removed
from participants.services.register import is_cleared
from participants.views.reach import person_of, school_of, step_error
from roadmap.models import Cycle


@allow(*REGISTER_READERS)
def person_list(request: ActingRequest) -> HttpResponse:
    """Everyone in the register, with a search; those chosen are enrolled together."""
    school, today = school_of(request), today_in(school_of(request))
    now = counted(request.actor, ("current cycle", today), lambda: current_cycle(school, today))
    cycle, may_write = _cycle(request) or now, request.actor.role == Role.CURATOR
    wanted, fields = _looked_for(request)
    people = Person.objects.visible_to(request.actor)
    totals = counted(request.actor, ("register", cycle), lambda: totals_of(people, cycle))
    found = found_people(people, wanted, cycle, today)
    page = page_of(found, request.GET.get("page"), None if wanted else totals.people)
    context = {
        "fields": fields,
        "page": page,
        "lines": lines_of(page, _facts(request, page, cycle, is_whole=not wanted)),
        "people_at": reverse("participants:person_list"),
        "totals": totals,
        "cycle": cycle,
        "is_other_year": cycle != now,
        "ticked": _with_ticked(request, now) if may_write and now and cycle == now else "",
        "may_write": may_write,
    }
    record_event(verb="list", detail={"count": len(page)}, by=request.actor)
    template = "participants/person_list.html#rows" if request.htmx else "participants/person_list.html"
    return render(request, template, context)


@allow(*REGISTER_READERS)
def person_show(request: ActingRequest, pk: int) -> HttpResponse:
    """A person's card: who it is, who signs, how the consents stand, the parts in the programme, the way to log in."""
    person = person_of(request, pk)
    today = today_in(person.school)
    may_write = request.actor.role == Role.CURATOR
    context = {
        "person": person,
        "card": card_of(person, today, current_cycle(person.school, today)),
        "door": door_of(person),
        "hanging": hanging_on(person),
        "locked": list(locked_links(request.actor).filter(person=person).select_related("guardian"))
        if may_write
        else [],
        "notes": notes_on(person, request.actor, today) if may_write else [],
        "in_charge": in_charge_of_person(person),
        "reads_all": request.actor.role in REGISTER_READERS,
        "may_write": may_write,
        "may_remove": may_write and not why_not_removed(person),
    }
    record_event(verb="view", thing=person, by=request.actor)
    return render(request, "participants/person_show.html", context)


@allow(Role.CURATOR, methods="GET POST")
def person_new(request: ActingRequest) -> HttpResponse:
    """Enter a person with, if at hand, a parent and the part in the year."""
    school = school_of(request)
    like = Person.objects.visible_to(request.actor).filter(pk=_key(request.GET.get("like"))).first()
    entry = EntryForms(request.POST if request.method == "POST" else None, school=school, like=like)
    if request.method == "POST" and entry.are_valid():
        try:
            return redirect(do_once(request, lambda: _enter(request, entry)))
        except DomainError as error:
            entry.person.add_error(None, str(error))
    context = {"entry": entry, "cycle": current_cycle(school, today_in(school))}
    return render(request, "participants/person_new.html", context, status=400 if entry.has_errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def person_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what the register has of a person."""
    person = person_of(request, pk)
    before = sheet_of(person)
    form = PersonForm(
        request.POST or None,
        initial=asdict(before),
        today=today_in(person.school),
        is_cleared=is_cleared(person),
        before=before,
    )
    if form.is_valid():
        try:
            change_person(person=person, **form.columns, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("participants:person_show", pk)
    record_event(verb="view", thing=person, by=request.actor)
    context = {"person": person, "form": form}
    return render(request, "participants/person_edit.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def person_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the person out of the register."""
    person = person_of(request, pk)
    if request.method != "POST":
        context = {"person": person, "refusal": why_not_removed(person)}
        return render(request, "participants/person_remove.html", context)
    if step_error(request, lambda: remove_person(person=person, by=request.actor)):
        return redirect("participants:person_show", pk)
    messages.success(request, _("The person is out of the register."))
    return redirect("participants:person_list")


def _enter(request: ActingRequest, entry: EntryForms) -> str:
    school = school_of(request)
    with transaction.atomic():
        entry.person.refuse_twin()
        person = add_person(school=school, **entry.person.columns, by=request.actor)
        if entry.guardian.has_changed():
            add_guardian(minor=person, **entry.guardian.cleaned_data, by=request.actor)
        cycle, part = current_cycle(school, today_in(school)), entry.part.columns
        if cycle and part:
            enrol_person(person=person, cycle=cycle, **part, by=request.actor)
    if "another" in request.POST:
        messages.success(request, _("Entered. Here is a page for the next one."))
        return f"{reverse('participants:person_new')}?like={person.pk}"
    messages.success(request, _("Entered."))
    return reverse("participants:person_show", args=(person.pk,))


def _looked_for(request: ActingRequest) -> tuple[dict[str, str], SafeString]:
    """What is looked for, and the fields of the filter; those that ask for nothing are put together once."""
    if any(map(request.GET.get, PersonFilterForm.base_fields)):
        form = _filter_form(request)
        form.is_valid()
        return form.cleaned_data, labelled_fields(form)
    what = "register filter", get_language()
    return {}, counted(request.actor, what, lambda: labelled_fields(_filter_form(request)))


def _facts(request: ActingRequest, page: CountedPage, cycle: Cycle | None, *, is_whole: bool) -> Facts:
    """What is known of these people; kept for the first page of the whole list, to which everyone comes back."""
    keys, today = tuple(row[0] for row in page), today_in(school_of(request))
    if not is_whole or page.number > 1:
        return facts_of(keys, cycle, today)
    what = "register facts", keys, cycle, today, get_language()
    return counted(request.actor, what, lambda: facts_of(keys, cycle, today))


def _filter_form(request: ActingRequest) -> PersonFilterForm:
    """The filter with the classes and areas the school has now."""
    school = school_of(request)
    classes, areas = counted(request.actor, "register filters", lambda: (classes_of(school), _areas(school)))
    return PersonFilterForm(request.GET, classes=classes, areas=areas)


def _with_ticked(request: ActingRequest, cycle: Cycle) -> SafeString:
    """What is done with all who are ticked; it is the same for every page of the list."""
    school, template = school_of(request), "participants/person_ticked.html"
    what = "register ticked", cycle, get_language()
    return counted(
        request.actor,
        what,
        lambda: render_to_string(template, {"part": PartForm(school=school, auto_id="ticked_%s"), "cycle": cycle}),
    )


def _areas(school: School) -> list[tuple[int, str]]:
    """The areas of help that the school uses, by key and name."""
    return list(Area.objects.filter(school=school, is_used=True).values_list("pk", "name"))


def _cycle(request: ActingRequest) -> Cycle | None:
    """The cycle that the address names."""
    key = _key(request.GET.get("cycle"))
    return Cycle.objects.visible_to(request.actor).filter(pk=key).first() if key else None


def _key(text: str | None) -> int:
    """The key in the address; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
