"""Doing what a finding proposes, through the services that every change of a programme goes through."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from core.actors import Actor
from roadmap.checking import AddActivity, Finding, Rename, Renumber, Rewrite, finding_key
from roadmap.checking.names import renamed
from roadmap.drafting.sheet import HEAD
from roadmap.editing.wishes import ActivityWish
from roadmap.models import Activity, Change, ChangeKind, Programme, Stage, Window
from roadmap.services.answering import wish_of
from roadmap.services.checking import programme_findings
from roadmap.services.editing import WindowsWouldChange, add_activity, edit_activity, plan_digest
from roadmap.services.heads import DAYS, TEXTS, edit_head
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger
from roadmap.services.moving import Days
from roadmap.services.stages import edit_stage
from roadmap.services.understanding import plan_term, understand


def mend_finding(*, programme: Programme, finding: str, by: Actor) -> Change | None:
    """Do what the finding of that key proposes; None where it is mended by now or proposes nothing.

    The history puts it back like any other change. Raises what the services of editing raise.
    """
    with transaction.atomic():
        locked = lock_programme(programme)
        found = next((one for one in programme_findings(locked) if finding_key(one) == finding), None)
        return _done(locked, found, by) if found else None


@dataclass(frozen=True, slots=True)
class TermMove:
    """The window that the mend of a term would move, the days it would get, and the term in the mended words."""

    window: Window
    days: Days
    words: str


def move_of(programme: Programme, finding: str) -> TermMove | None:
    """What the mend of that finding would do to the days of one window; None where it moves none, or several."""
    found = next((one for one in programme_findings(programme) if finding_key(one) == finding), None)
    if found is None or not isinstance(found.mend, Rewrite) or found.mend.field != "term":
        return None
    activity = Activity.objects.get(pk=_pk(found.mend.key))
    plan = plan_term(programme, activity, understand(programme, found.mend.text))
    if len(plan.moved) != 1 or plan.dropped or plan.added:
        return None
    [(standing, days)] = plan.moved
    rows = Window.objects.select_related("activity__stage", "cycle__programme__school")
    return TermMove(rows.get(pk=standing.key), days, found.mend.text) if days else None


def _done(programme: Programme, finding: Finding, by: Actor) -> Change | None:
    mend = finding.mend
    if isinstance(mend, AddActivity):
        stage = Stage.objects.get(pk=_pk(mend.stage))
        wish = ActivityWish(stage.pk, mend.number, "", mend.text, mend.term, "")
        return add_activity(stage=stage, wish=wish, after=_pk(mend.after) if mend.after else None, by=by)
    if isinstance(mend, Rename):
        return _renamed(programme, mend, by)
    if isinstance(mend, Renumber):
        return _renumbered(programme, mend, by)
    return _rewritten(programme, mend, by) if mend else None


def _renamed(programme: Programme, mend: Rename, by: Actor) -> Change | None:
    ledger = Ledger()
    _rename_in(ledger, programme, ("title", "organisation", "preamble"), mend)
    for stage in programme.stages.all():
        _rename_in(ledger, stage, ("name", "goal", "task", "result"), mend)
    for activity in Activity.objects.select_for_update(of=("self",)).filter(stage__programme=programme).order_by("pk"):
        if _rename_in(ledger, activity, ("section", "text"), mend):
            Activity.objects.filter(pk=activity.pk).update(revision=F("revision") + 1)
    return ledger.close(programme=programme, kind=ChangeKind.EDIT, told=mend.name, by=by)


def _rename_in(ledger: Ledger, row: Model, columns: tuple[str, ...], mend: Rename) -> bool:
    now = {name: renamed(getattr(row, name), mend) for name in columns}
    is_other = any(getattr(row, name) != text for name, text in now.items())
    if is_other:
        ledger.put(row, **now)
    return is_other


def _renumbered(programme: Programme, mend: Renumber, by: Actor) -> Change | None:
    numbers = {_pk(key): number for key, number in mend.numbers}
    return _put(programme, {key: {"number": number} for key, number in numbers.items()}, _("numbers of activities"), by)


def _rewritten(programme: Programme, mend: Rewrite, by: Actor) -> Change | None:
    if mend.key == HEAD:
        head = {name: getattr(programme, name) for name in TEXTS + DAYS} | {mend.field: mend.text}
        return edit_head(programme=programme, wish=head, opened={}, by=by)
    if mend.key.startswith("s"):
        return edit_stage(stage=Stage.objects.get(pk=_pk(mend.key)), wish={mend.field: mend.text}, opened={}, by=by)
    activity = Activity.objects.select_related("stage__programme").get(pk=_pk(mend.key))
    if mend.field == "section":
        rows = Activity.objects.filter(stage=activity.stage_id, section=activity.section)
        return _put(programme, {row.pk: {"section": mend.text} for row in rows}, mend.shown, by)
    now = wish_of(activity)
    wanted = replace(now, term_text=mend.text) if mend.field == "term" else replace(now, text=mend.text)
    return _edited(activity, wanted, by)


def _edited(activity: Activity, wish: ActivityWish, by: Actor) -> Change | None:
    """The curator pressed the button that named the new term, so its days are agreed to with it."""
    try:
        with transaction.atomic():
            return edit_activity(activity=activity, wish=wish, seen=activity.revision, by=by)
    except WindowsWouldChange as change:
        agreed = plan_digest(change.plan)
        return edit_activity(activity=activity, wish=wish, seen=activity.revision, agreed=agreed, by=by)


def _put(programme: Programme, columns: dict[int, dict[str, str]], told: str, by: Actor) -> Change | None:
    """One change of several activities."""
    ledger = Ledger()
    rows = Activity.objects.select_for_update(of=("self",)).filter(stage__programme=programme, pk__in=columns)
    for row in rows.order_by("pk"):
        ledger.put(row, **columns[row.pk])
    Activity.objects.filter(pk__in=columns).update(revision=F("revision") + 1)
    return ledger.close(programme=programme, kind=ChangeKind.EDIT, told=told, by=by)


def _pk(key: str) -> int:
    return int(key[1:])
