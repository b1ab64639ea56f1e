"""What a person wants to be reminded of, and whom an activity reminds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School, User
from roadmap.board.rows import windows_awaiting
from roadmap.digest import ALL_STEPS
from roadmap.models import Activity, Quiet, ReminderChoice
from roadmap.models.activity import ActivityQuerySet


class NotADayAhead(DomainError):
    """The day on which to remind again has to come first."""


def activities_told_to(actor: Actor) -> ActivityQuerySet:
    """The activities the actor reads, and those that are his to see done."""
    awaiting = windows_awaiting(actor).values("activity")
    return Activity.objects.filter(Q(pk__in=Activity.objects.visible_to(actor).values("pk")) | Q(pk__in=awaiting))


def put_to_rest(*, activity: Activity, until: date | None, by: Actor) -> None:
    """No letter names the activity to the actor before `until`; None: never again. Raises NotADayAhead."""
    school, user = _place_of(by)
    if until is not None and until <= timezone.localdate(timezone=school.zone):
        raise NotADayAhead(_("Give a day that is still to come."))
    with transaction.atomic():
        Quiet.objects.update_or_create(user=user, activity=activity, defaults={"until": until})
        detail: dict[str, object] = {"until": until.isoformat() if until else None}
        record_event(verb="put_to_rest", thing=activity, school=school, detail=detail, by=by)


def wake(*, activity: Activity, by: Actor) -> None:
    """Letters name the activity to the actor as before; where it was not put to rest nothing happens."""
    school, user = _place_of(by)
    with transaction.atomic():
        removed, _rows = Quiet.objects.filter(user=user, activity=activity).delete()
        if removed:
            record_event(verb="wake", thing=activity, school=school, by=by)


def choose_letters(*, about: str, by: Actor) -> None:
    """How much the letters of this school tell the actor."""
    school, user = _place_of(by)
    with transaction.atomic():
        choice, _made = ReminderChoice.objects.update_or_create(user=user, school=school, defaults={"about": about})
        record_event(verb="choose_letters", thing=choice, school=school, to_state=about, by=by)


def set_reminding(*, activity: Activity, reminded: str, days: Iterable[int] | None, by: Actor) -> None:
    """Whom letters about the activity go to, and how many days ahead; None for the usual days."""
    steps = None if days is None else sorted(set(days) & set(ALL_STEPS), reverse=True)
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).select_related("stage__programme__school")
        row = locked.get(pk=activity.pk)
        row.reminded, row.remind_days = reminded, steps
        row.save(update_fields=("reminded", "remind_days"))
        school = row.stage.programme.school
        detail: dict[str, object] = {"days": steps}
        record_event(verb="set_reminding", thing=row, school=school, to_state=reminded, detail=detail, by=by)


def _place_of(by: Actor) -> tuple[School, User]:
    if by.school is None or by.user is None:
        raise DomainError(_("Choose the school you act for first."))
    return by.school, by.user
