"""Pairs at work: the list with its weeks, one pair for the curator, one pair for its own people, the end."""

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

from core.access import ActingRequest, Door, allow
from core.actors import ActorKind
from core.errors import DomainError
from core.journal import record_event
from core.models import Role, School
from core.navigation import Tab
from core.once import do_once
from pairing.diary import (
    ACTIVE,
    ENDED,
    SILENT,
    counts_of,
    found_pairs,
    group_of,
    meeting_lines,
    mentee_lines,
    pair_lines,
    silent_first,
    with_silence,
    without_kind,
)
from pairing.forms.meetings import EndForm, MentorshipFilterForm
from pairing.models import Meeting, Mentorship, MentorshipState
from pairing.own import mentee_cards, mentor_cards, places_of
from pairing.services.meetings import is_open
from pairing.services.mentorships import end_mentorship, leave_place
from pairing.weeks import SILENT_DAYS
from participants.models import MentoringForm
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in

PER_PAGE = 50
OWN_PEOPLE = (Role.MENTOR, Role.MENTEE, Role.GUARDIAN, Door.LINK)
SIDES = ("mentor__person", "mentor__form", "school")


@allow(*REGISTER_READERS, Role.MENTOR)
def mentorship_list(request: ActingRequest) -> HttpResponse:
    """Every pair with its weeks, the silent ones first; a mentor has his own."""
    school = _school(request)
    today, rows = today_in(school), Mentorship.objects.visible_to(request.actor)
    if request.actor.role == Role.MENTOR:
        cards = mentor_cards(rows, today, school.zone)
        record_event(verb="list", detail={"list": "own pairs", "count": len(cards)}, by=request.actor)
        return render(request, "pairing/mentorship_own.html", {"cards": cards})
    used = MentoringForm.objects.visible_to(request.actor).filter(is_used=True)
    form = MentorshipFilterForm(request.GET, forms_used=list(used.values_list("pk", "name")))
    counts = counts_of(rows, today, school.zone)
    group = request.GET.get("group", ACTIVE)
    group = "" if form.lacking else group if group in counts else ACTIVE
    found = found_pairs(_part(rows, form, group, school), form.cleaned_data["q"], form.cleaned_data.get("form"))
    page = Paginator(silent_first(found).select_related(*SIDES), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "group": group, "page": page, "lines": pair_lines(list(page), today, school.zone)}
    context |= {"tabs": _tabs(request, group, counts), "headline": _headline(counts), "days": SILENT_DAYS}
    record_event(verb="list", detail={"list": "mentorships", "count": len(page)}, by=request.actor)
    return render(request, "pairing/mentorship_list.html" + ("#rows" if request.htmx else ""), context)


@allow(*REGISTER_READERS)
def mentorship_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One pair or group: who, under which order, every meeting."""
    mentorship = _mentorship(request, pk)
    today, zone = today_in(mentorship.school), mentorship.school.zone
    row = with_silence(Mentorship.objects.filter(pk=pk).select_related(*SIDES), today, zone)
    context = _meetings(request, mentorship) | {
        "mentorship": mentorship,
        "line": pair_lines(list(row), today, zone)[0],
        "mentees": mentee_lines([mentorship], today)[pk],
        "is_active": mentorship.state == MentorshipState.ACTIVE,
        "may_write": request.actor.role == Role.CURATOR and mentorship.state == MentorshipState.ACTIVE,
        "days": SILENT_DAYS,
    }
    record_event(verb="view", thing=mentorship, by=request.actor)
    return render(request, "pairing/mentorship_show.html", context)


@allow(*OWN_PEOPLE)
def mentorship_mine(request: ActingRequest, pk: int) -> HttpResponse:
    """One pair for its mentor, its mentee and those who sign for the mentee."""
    mentorship = _mentorship(request, pk)
    today, zone = today_in(mentorship.school), mentorship.school.zone
    record_event(verb="view", thing=mentorship, by=request.actor)
    if request.actor.role == Role.MENTOR:
        card = mentor_cards(Mentorship.objects.visible_to(request.actor).filter(pk=pk), today, zone)[0]
        context = _meetings(request, mentorship) | {"card": card}
        return render(request, "pairing/mentorship_mentor.html", context)
    cards = mentee_cards(places_of(request.actor, today).filter(mentorship=pk), zone)
    frame = "bare.html" if request.actor.kind is ActorKind.LINK else "base.html"
    context = _meetings(request, mentorship) if cards else {}
    context |= {"cards": cards, "frame": frame}
    return render(request, "pairing/mentorship_mine.html", context)


@allow(*REGISTER_READERS, methods="GET POST")
def mentorship_end(request: ActingRequest, pk: int) -> HttpResponse:
    """End the work of a pair, or of one mentee of a group, after asking how and since when."""
    mentorship = _mentorship(request, pk)
    places = list(mentorship.places.select_related("mentee__person"))
    if request.method != "POST":
        places = [row for row in places if row.left_on is None]
    initial = {"on": min(today_in(mentorship.school), mentorship.ends_on)}
    form = EndForm(request.POST if request.method == "POST" else None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _end(request, mentorship, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    elif mentorship.state != MentorshipState.ACTIVE:
        messages.warning(request, _("The work of this pair has ended already."))
        return redirect("pairing:mentorship_show", pk)
    record_event(verb="view", thing=mentorship, by=request.actor)
    context = {"mentorship": mentorship, "places": places, "form": form}
    return render(request, "pairing/mentorship_end.html", context, status=400 if form.errors else 200)


def _school(request: ActingRequest) -> School:
    assert request.actor.school
    return request.actor.school


def _part(rows: QuerySet[Mentorship], form: MentorshipFilterForm, group: str, school: School) -> QuerySet[Mentorship]:
    """The pairs of a group, or those that lack the meeting the address names."""
    today = today_in(school)
    if form.lacking:
        return without_kind(rows, *form.lacking, today, school.zone)
    return group_of(rows, group, today, school.zone)


def _mentorship(request: ActingRequest, pk: int) -> Mentorship:
    return get_object_or_404(Mentorship.objects.visible_to(request.actor).select_related(*SIDES), pk=pk)


def _meetings(request: ActingRequest, mentorship: Mentorship) -> dict[str, Any]:
    """The meetings the reader may see, a page of them."""
    seen = Meeting.objects.visible_to(request.actor).filter(mentorship=mentorship)
    rows: QuerySet[Meeting] = seen.select_related("recorded_by", "mentorship__mentor__person")
    page = Paginator(rows.prefetch_related("attended__mentee__person"), PER_PAGE).get_page(request.GET.get("page"))
    today, zone = today_in(mentorship.school), mentorship.school.zone
    return {
        "page": page,
        "lines": meeting_lines(page, today, zone, request.actor),
        "open": {row.pk for row in page if mentorship.state == MentorshipState.ACTIVE and is_open(row, request.actor)},
    }


def _tabs(request: ActingRequest, group: str, counts: dict[str, int]) -> list[Tab]:
    labels = {ACTIVE: _("At work"), SILENT: _("Silent pairs"), ENDED: _("Work has ended")}
    asked = request.GET.copy()
    for name in ("page", "without", "cycle"):
        asked.pop(name, None)
    tabs = []
    for name, count in counts.items():
        asked["group"] = name
        tabs.append(
            Tab(labels[name], f"{reverse('pairing:mentorship_list')}?{asked.urlencode()}", count, name == group)
        )
    return tabs


def _headline(counts: dict[str, int]) -> str:
    """«51 пара работает, 2 молчат»"""
    if not counts[ACTIVE]:
        return _("No pair is at work now")
    words = ngettext("%(n)s pair is at work", "%(n)s pairs are at work", counts[ACTIVE]) % {"n": counts[ACTIVE]}
    if not counts[SILENT]:
        return words
    return words + ", " + ngettext("%(n)s is silent", "%(n)s are silent", counts[SILENT]) % {"n": counts[SILENT]}


def _end(request: ActingRequest, mentorship: Mentorship, form: EndForm) -> str:
    given, place = form.cleaned_data, form.place
    if place:
        leave_place(place=place, reason=given["reason"], on=given["on"], by=request.actor)
        messages.success(request, _("The mentee has left the group."))
    else:
        is_finished = given["how"] == "finished"
        end_mentorship(
            mentorship=mentorship, finished=is_finished, reason=given["reason"], on=given["on"], by=request.actor
        )
        messages.success(request, _("The work of the pair has ended. The meetings stay in its history."))
    return reverse("pairing:mentorship_show", args=(mentorship.pk,))
