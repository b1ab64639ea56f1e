"""The end of the year for many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.once import do_once, done_before
from participants.forms.enrolments import FinishForm
from participants.models import Enrolment
from participants.register.closing import closing_lines, page_of
from participants.services.cycles import today_in
from participants.services.finishing import finish_enrolments
from participants.views.reach import cycle_of, school_of


@allow(Role.CURATOR, methods="GET POST")
def enrolment_close(request: ActingRequest) -> HttpResponse:
    """Tick those for whom the year is over; single results are written on their own pages."""
    if before := done_before(request):
        return redirect(before)
    cycle = cycle_of(request)
    rows = Enrolment.objects.visible_to(request.actor).enrolled().filter(cycle=cycle)
    initial = {"on": min(today_in(school_of(request)), cycle.ends_on)} if cycle else {}
    form = FinishForm(request.POST if request.method == "POST" else None, initial=initial, rows=rows)
    if form.is_valid():
        return redirect(do_once(request, lambda: _finish(request, form)))
    page = page_of(rows, request.GET.get("page"))
    record_event(verb="list", detail={"list": "closing", "count": len(page)}, by=request.actor)
    lines, ticked = closing_lines(page), [row.pk for row in form.chosen]
    context = {"form": form, "cycle": cycle, "page": page, "lines": lines, "ticked": ticked}
    return render(request, "participants/enrolment_close.html", context, status=400 if form.errors else 200)


def _finish(request: ActingRequest, form: FinishForm) -> str:
    ended = finish_enrolments(enrolments=form.chosen, **form.columns, by=request.actor)
    if ended.count:
        words = ngettext("The year is finished for %(count)s.", "The year is finished for %(count)s.", ended.count)
        messages.success(request, words % {"count": ended.count})
    for reason, count in ended.refusals.items():
        words = ngettext("%(count)s goes on: %(reason)s", "%(count)s go on: %(reason)s", count)
        messages.error(request, words % {"count": count, "reason": reason})
    return request.get_full_path()
