"""Mentors through the years."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from core.access import ActingRequest, allow
from core.counted import counted
from core.journal import record_event
from participants.forms.mentor_years import MentorFilterForm
from participants.models import MentoringForm, Person
from participants.models.person import REGISTER_READERS
from participants.register.mentor_years import mentor_lines, mentors_of, page_of, years_of
from participants.services.cycles import current_cycle, today_in
from participants.views.reach import school_of


@allow(*REGISTER_READERS)
def mentor_list(request: ActingRequest) -> HttpResponse:
    """Each mentor of the school once, with all the years, forms, mentees and what came of them."""
    school, people = school_of(request), Person.objects.visible_to(request.actor)
    today = today_in(school)
    cycle = current_cycle(school, today)
    now = cycle.pk if cycle else None
    years = counted(request.actor, "years of mentors", lambda: years_of(people))
    form = MentorFilterForm(request.GET, offered=MentoringForm.objects.visible_to(request.actor), years=years)
    form.is_valid()
    page = page_of(mentors_of(people, form.cleaned_data, now, today), request.GET.get("page"))
    context = {"form": form, "page": page, "lines": mentor_lines(page, now, today), "years": years}
    record_event(verb="list", detail={"count": len(page)}, by=request.actor)
    template = "participants/mentor_list.html#rows" if request.htmx else "participants/mentor_list.html"
    return render(request, template, context)
