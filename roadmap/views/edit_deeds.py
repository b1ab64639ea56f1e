"""The deeds of the buttons on the page on which a programme is edited, and what of the page each of them touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import push_url, reswap, retarget

from core.access import ActingRequest
from core.actors import Actor
from core.errors import DomainError
from roadmap.editing.sheet import SheetPage, Touched, page_with, pages_of, touched
from roadmap.forms.entries import number_in
from roadmap.models import Activity, Change, Programme, Stage
from roadmap.services.editing import delete_activity
from roadmap.services.placing import order_of
from roadmap.services.rearranging import merge_activities, move_activity, place_activity
from roadmap.services.stages import delete_stage, move_stage
from roadmap.views.edit_page import PAGE, focus_of, is_known, page_of, page_url, rows_of, sheet_context, to_page
from roadmap.views.programmes import today_of


@dataclass(frozen=True, slots=True)
class Deed:
    """One press: «up:12», «stage_delete:3»; «put:12:a7» for a row that was dragged behind another part."""

    verb: str
    key: int
    behind: str

    @property
    def part(self) -> str:
        """The part it is done to."""
        return f"{'s' if self.verb.startswith('stage') else 'a'}{self.key}"

    @property
    def focus(self) -> str:
        """The button the hand stays on; none where it went with what it stood on."""
        verb = _FOCUS.get(self.verb)
        return f"{verb}-{self.key}" if verb else ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a deed."""

    deed: Deed
    change: Change | None
    refusal: str


def do_deed(request: ActingRequest, programme: Programme) -> HttpResponse:
    """Do what the pressed button says and show it; what no button sends does nothing."""
    before = pages_of(order_of(programme)) if request.htmx else []
    done = _do(programme, request.POST.get("do", ""), request.actor)
    if request.htmx:
        return _show(request, programme, done, before)
    if done.refusal:
        messages.error(request, done.refusal)
    focus, page = done.deed.focus, number_in(request.POST.get("page", ""))
    return to_page(request, programme.pk, done.change, focus, focus or "said", page)


def _do(programme: Programme, sent: str, by: Actor) -> Done:
    verb, key, behind = (*sent.split(":"), "", "", "")[:3]
    deed = Deed(verb, number_in(key), behind)
    try:
        return Done(deed, _DEEDS[verb](programme, deed, by) if verb in _DEEDS else None, "")
    except DomainError as refused:
        return Done(deed, None, str(refused))


def _show(request: ActingRequest, programme: Programme, done: Done, before: list[SheetPage]) -> HttpResponse:
    """The parts that were touched where the page knows all the others; else the sheet with the row that was meant."""
    pages = pages_of(order_of(programme))
    was = page_of(before, request.POST.get("page", ""))
    now = page_with(pages, done.deed.part if done.deed.focus else "") or page_of(pages, str(was.number))
    is_same = now.number == was.number and is_known(request, programme, done.change)
    context: dict[str, Any] = {
        "programme": programme,
        "revision": done.change.revision if done.change else programme.revision,
        "said": done.change,
        "refusal": done.refusal,
        "sheet": now,
    }
    patch = touched(was, now, done.deed.part if done.change else "") if is_same else None
    if patch is not None:
        return render(request, f"{PAGE}#touched", context | _patch(request, done, was, patch))
    context |= sheet_context(programme, now, today_of(request)) | focus_of(done.deed.focus)
    answer = render(request, f"{PAGE}#after_deed", context)
    if now.number != was.number:
        push_url(answer, page_url(programme.pk, None, page=now.number))
    return reswap(retarget(answer, "#sheet"), "outerHTML")


def _patch(request: ActingRequest, done: Done, was: SheetPage, patch: Touched) -> dict[str, Any]:
    """The rows that come, and the one that was written anew, ready to be rendered; the others are on the page."""
    known = set(was.parts)
    anew = done.deed.part if done.change and done.deed.verb == "merge" else ""
    fresh = [int(part[1:]) for part in [*(part for part, _behind in patch.put if part not in known), anew] if part]
    rows = {row.key: row for row in rows_of(fresh, today_of(request))}
    return {
        "gone": patch.gone,
        "put": [(part, behind, rows.get(part) if part not in known else None) for part, behind in patch.put],
        "anew": rows.get(anew),
        **focus_of(f"edit-{anew[1:]}"),
    }


def _row(programme: Programme, key: int) -> Activity | None:
    rows = Activity.objects.filter(stage__programme=programme).select_related("stage__programme")
    return rows.filter(pk=key).first()


def _stage(programme: Programme, key: int) -> Stage | None:
    return Stage.objects.filter(programme=programme, pk=key).select_related("programme").first()


def _on_row(act: Callable[..., Change | None], programme: Programme, deed: Deed, by: Actor) -> Change | None:
    activity = _row(programme, deed.key)
    return act(activity=activity, by=by) if activity else None


def _on_stage(act: Callable[..., Change | None], programme: Programme, deed: Deed, by: Actor) -> Change | None:
    stage = _stage(programme, deed.key)
    return act(stage=stage, by=by) if stage else None


def _put(programme: Programme, deed: Deed, by: Actor) -> Change | None:
    find = {"a": _row, "s": _stage}.get(deed.behind[:1])
    activity, behind = _row(programme, deed.key), find(programme, number_in(deed.behind[1:])) if find else None
    return place_activity(activity=activity, behind=behind, by=by) if activity and behind else None


_DEEDS: dict[str, Callable[[Programme, Deed, Actor], Change | None]] = {
    "up": partial(_on_row, partial(move_activity, step=-1)),
    "down": partial(_on_row, partial(move_activity, step=1)),
    "put": _put,
    "merge": partial(_on_row, merge_activities),
    "delete": partial(_on_row, delete_activity),
    "stage_up": partial(_on_stage, partial(move_stage, step=-1)),
    "stage_down": partial(_on_stage, partial(move_stage, step=1)),
    "stage_delete": partial(_on_stage, delete_stage),
}
_FOCUS = {
    **{verb: verb for verb in ("up", "down", "stage_up", "stage_down")},
    **dict.fromkeys(("put", "merge"), "edit"),
}
"""The deeds after which the hand stays on a button of the part, and which."""
