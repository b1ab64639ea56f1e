"""Typing paper sheets: a grid with a row for each person of a class, saved row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.russian import sort_key
from participants.views.reach import school_of
from surveys.content import Content, content_from_json
from surveys.models import SURVEY_KEEPERS, Campaign, CampaignState, Respondent
from surveys.paper_codes import Column, columns_of, read_typed
from surveys.questions import Around, Reading
from surveys.services.choices import people_of
from surveys.services.progress import by_class, in_sight
from surveys.services.typing import to_type, type_response, type_unnamed

TYPISTS = (*SURVEY_KEEPERS, Role.CLASS_TEACHER)
MOST_ROWS = 60
CELL = "c-"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the grid."""

    column: Column
    name: str
    value: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet; `respondent` is whose it is, None where it bears no name."""

    cells: tuple[Cell, ...]
    respondent: Respondent | None = None
    number: int = 0


@allow(*TYPISTS, methods="GET POST")
def campaign_type(request: ActingRequest, pk: int) -> HttpResponse:
    """The grid of a class; of an anonymous survey a POST sends all its sheets at once."""
    campaign = _campaign(request, pk)
    if campaign.state != CampaignState.OPEN:
        messages.info(request, _("Paper sheets are typed while the survey is open."))
        return redirect("surveys:progress_show", pk) if campaign.opened_at else redirect("surveys:campaign_show", pk)
    if campaign.is_anonymous:
        return _type_unnamed(request, campaign)
    if request.method == "POST":
        return redirect(request.get_full_path())
    return _show_named(request, campaign)


@sensitive_post_parameters()
@allow(*TYPISTS, methods="POST")
def respondent_type(request: ActingRequest, pk: int) -> HttpResponse:
    """Save one row; the script of the page goes on by what is answered here, a page without it is shown again."""
    named = get_object_or_404(Respondent, pk=pk)
    campaign = _campaign(request, named.campaign_id)
    row = get_object_or_404(in_sight(campaign, request.actor), pk=pk, campaign__is_anonymous=False)
    row.campaign = campaign
    wrong, trouble = _save_row(request, row)
    if "script" in request.POST:
        return JsonResponse({"wrong": wrong, "trouble": trouble}, status=400 if wrong or trouble else 200)
    return _after_row(request, row, wrong, trouble)


def _save_row(request: ActingRequest, row: Respondent) -> tuple[dict[str, str], str]:
    """What is wrong with the cells by question, or why the row as a whole is not taken; neither where it is saved."""
    content = content_from_json(row.campaign.version.content)
    raw, reading = read_typed(content, _typed(request, content), _around(row, content))
    if reading.refusals:
        return {key: " ".join(one.text for one in refusals) for key, refusals in reading.refusals.items()}, ""
    try:
        type_response(respondent=row, content=content, raw=raw, by=request.actor)
    except DomainError as refusal:
        return {}, str(refusal)
    return {}, ""


def _after_row(request: ActingRequest, row: Respondent, wrong: dict[str, str], trouble: str) -> HttpResponse:
    if wrong:
        return _show_named(request, row.campaign, wrong_row=row, wrong=wrong, status=400)
    if trouble:
        messages.error(request, trouble)
    else:
        messages.success(request, _("The sheet is saved."))
    address = reverse("surveys:campaign_type", args=(row.campaign_id,))
    person = row.enrolment.person if row.enrolment else None
    return redirect(f"{address}?class={person.class_name}" if person else address)


def _show_named(
    request: ActingRequest,
    campaign: Campaign,
    *,
    wrong_row: Respondent | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    content = content_from_json(campaign.version.content)
    people = _of_class(request, campaign)
    around = _around(people[0], content) if people else Around()
    columns = columns_of(content, around)
    rows = []
    for person in people:
        is_wrong = wrong_row is not None and person.pk == wrong_row.pk
        typed, told = (_typed(request, content), wrong or {}) if is_wrong else ({}, {})
        rows.append(Row(_cells(columns, typed, told), person))
    record_event(verb="list", thing=campaign, detail={"list": "sheets to type", "count": len(rows)}, by=request.actor)
    context = _frame(request, campaign) | {"columns": columns, "rows": rows}
    return render(request, "surveys/typing_grid.html", context, status=status)


def _type_unnamed(request: ActingRequest, campaign: Campaign) -> HttpResponse:
    content, people = content_from_json(campaign.version.content), _of_class(request, campaign)
    columns = columns_of(content, Around())
    typed = [_typed(request, content, number) for number in range(1, len(people) + 1)]
    filled = {number: row for number, row in enumerate(typed, 1) if any(row.values())}
    ticked = [int(key) for key in request.POST.getlist("handed") if key.isdigit()]
    readings = {number: read_typed(content, row, Around())[1] for number, row in filled.items()}
    status, trouble = 200, ""
    if request.method == "POST":
        try:
            _send_unnamed(request, campaign, ticked, readings)
            return redirect(request.get_full_path())
        except DomainError as refusal:
            status, trouble = 400, str(refusal)
    told = {n: {key: refusals[0].text for key, refusals in one.refusals.items()} for n, one in readings.items()}
    rows = [Row(_cells(columns, row, told.get(n, {}), n), number=n) for n, row in enumerate(typed, 1)]
    record_event(verb="list", thing=campaign, detail={"list": "sheets to type", "count": len(rows)}, by=request.actor)
    own = {"columns": columns, "rows": rows, "people": people, "ticked": ticked, "trouble": trouble}
    return render(request, "surveys/typing_unnamed.html", _frame(request, campaign) | own, status=status)


def _send_unnamed(request: ActingRequest, campaign: Campaign, ticked: list[int], readings: dict[int, Reading]) -> None:
    if not readings:
        raise DomainError(_("Nothing is typed yet."))
    if any(reading.refusals for reading in readings.values()):
        raise DomainError(_("Some cells have a mistake. They are marked; nothing was saved yet."))
    type_unnamed(campaign=campaign, respondents=ticked, readings=list(readings.values()), by=request.actor)
    messages.success(request, _("Saved sheets: %(n)s.") % {"n": len(readings)})


def _campaign(request: ActingRequest, pk: int) -> Campaign:
    """A campaign of the school in which the actor may see somebody. Raises Http404."""
    rows = Campaign.objects.filter(cycle__programme__school=school_of(request))
    found = get_object_or_404(rows.select_related("version__questionnaire", "cycle__programme__school"), pk=pk)
    if request.actor.role == Role.CLASS_TEACHER:
        get_object_or_404(in_sight(found, request.actor)[:1])
    return found


def _of_class(request: ActingRequest, campaign: Campaign) -> list[Respondent]:
    rows, name = to_type(campaign, request.actor), request.GET.get("class", "")
    if name:
        rows = rows.filter(enrolment__person__class_key=sort_key(name))
    return list(rows[:MOST_ROWS])


def _around(row: Respondent, content: Content) -> Around:
    return Around(people=people_of(row, content))


def _frame(request: ActingRequest, campaign: Campaign) -> dict[str, Any]:
    classes = [line.class_name for line in by_class(in_sight(campaign, request.actor)) if line.class_name]
    return {"campaign": campaign, "classes": classes, "class_name": request.GET.get("class", "")}


def _typed(request: ActingRequest, content: Content, number: int = 0) -> dict[str, str]:
    return {one.key: request.POST.get(_name(one.key, number), "") for one in content.questions()}


def _cells(columns: list[Column], typed: dict[str, str], wrong: dict[str, str], number: int = 0) -> tuple[Cell, ...]:
    keys = ((column, column.question.key) for column in columns)
    return tuple(Cell(column, _name(key, number), typed.get(key, ""), wrong.get(key, "")) for column, key in keys)


def _name(key: str, number: int) -> str:
    return f"{CELL}{number}-{key}" if number else f"{CELL}{key}"
