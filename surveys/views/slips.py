"""Links, codes and questionnaires on paper, and the page of a class where a code opens the survey."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.limits import is_too_often
from accounts.views.links import link_dead, swap_token
from core.access import ActingRequest, Door, allow
from core.error_pages import too_many
from core.errors import DomainError
from core.files import serve_file
from core.models import Job, JobState, Role
from core.once import do_once
from participants.services.mine import people_of
from surveys.forms.campaigns import CodeForm
from surveys.models import SURVEY_KEEPERS, Campaign, Respondent
from surveys.services.arriving import enter
from surveys.services.doors import OWN_URL, DoorShut, door_by_digest, open_by_code, refuse_shut
from surveys.services.slips import PAPERS, print_codes, print_sheets, print_slip, print_slips
from surveys.views.campaigns import campaign_of

KEPT = "class_door"
"""Where the session keeps the digest of the link of a class that was opened."""
TRIES, WITHIN_SECONDS = 120, 5 * 60
"""By network address: whole classes sit behind the school's own."""


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_print(request: ActingRequest, pk: int) -> HttpResponse:
    """Have slips, codes, sheets with names or a blank sheet printed; `among` is a class, "" for all, "-" see there."""
    campaign = campaign_of(request, pk)
    try:
        return redirect(do_once(request, lambda: _print(request, campaign)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:campaign_show", pk)


@allow(*SURVEY_KEEPERS, methods="POST")
def respondent_slip(request: ActingRequest, pk: int) -> HttpResponse:
    """Have the slip of one respondent printed."""
    rows = Respondent.objects.visible_to(request.actor).select_related("campaign__cycle__programme__school")
    respondent = get_object_or_404(rows, pk=pk)

    def act() -> str:
        return reverse("core:job_show", args=(print_slip(respondent=respondent, by=request.actor).pk,))

    try:
        return redirect(do_once(request, act))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:progress_show", respondent.campaign_id)


@allow(*SURVEY_KEEPERS)
def paper_file(request: ActingRequest, job: int) -> HttpResponse:
    """The paper, for a day after it was printed and for whoever had it printed."""
    rows = Job.objects.visible_to(request.actor).filter(
        kind__in=PAPERS, state=JobState.DONE, user=request.actor.user_id
    )
    made = get_object_or_404(rows.exclude(result=None).select_related("result__school"), pk=job)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)


@allow(Door.ANYONE)
def class_enter(request: ActingRequest, token: str) -> HttpResponse:
    """The address on the blackboard."""
    return swap_token(request, KEPT, token, "surveys:class_code")


@allow(Door.ANYONE, methods="GET POST")
def class_code(request: ActingRequest) -> HttpResponse:
    """Ask for the one-time code; a right one begins the survey."""
    if request.method == "POST" and is_too_often(request, "survey-code", most=TRIES, seconds=WITHIN_SECONDS):
        return too_many(request)
    try:
        door = door_by_digest(request.session.get(KEPT, ""))
    except DoorShut as refusal:
        return render(request, "surveys/answer_shut.html", {"why": str(refusal)}, status=409)
    if door is None:
        return link_dead(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _let_in(request, open_by_code(door=door, code=form.cleaned_data["code"]))
        except DoorShut as refusal:
            form.add_error("code", str(refusal))
    return render(
        request, "surveys/campaign_code.html", {"form": form, "door": door}, status=400 if form.errors else 200
    )


@allow(Door.LINK, *(role for role in Role if role != Role.OBSERVER), methods="POST")
def ward_enter(request: ActingRequest, pk: int) -> HttpResponse:
    """From the page of whoever signs for someone to the survey that waits for that one."""
    people = people_of(request.actor)
    rows = Respondent.objects.filter(enrolment__person__in=people)
    respondent = get_object_or_404(rows.select_related("campaign__cycle__programme__school"), pk=pk)
    try:
        refuse_shut(respondent)
    except DoorShut as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:mine_home")
    return _let_in(request, respondent)


def _let_in(request: ActingRequest, respondent: Respondent) -> HttpResponse:
    enter(request, respondent)
    return redirect(OWN_URL, respondent.pk)


def _print(request: ActingRequest, campaign: Campaign) -> str:
    what, among = request.POST.get("what", ""), request.POST.get("among", "")
    if what == "codes":
        job = print_codes(campaign=campaign, class_name=among, by=request.actor)
    elif what == "sheets":
        job = print_sheets(campaign=campaign, among=among, by=request.actor)
    elif what == "blank":
        job = print_sheets(campaign=campaign, among=None, by=request.actor)
    else:
        job = print_slips(campaign=campaign, among=among, by=request.actor)
    return reverse("core:job_show", args=(job.pk,))
