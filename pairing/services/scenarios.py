"""The curator's scenarios: worked out, copied with other weights, solved again, named, put away and brought back.

Every change locks the row of the scenario first, is refused where another has changed it meanwhile, and raises its
version. Nothing here binds anybody: people's parts are locked and looked at anew when pairs are sent.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from pairing.models import GroupFilling, Scenario, ScenarioAim, ScenarioBan, ScenarioPair
from pairing.scoring import Weights
from pairing.services.scenario_rows import (
    ScenarioRefused,
    lock_scenario,
    lock_unchanged,
    note,
    raise_version,
    solve_rows,
)
from participants.models import MentoringForm
from roadmap.models import Cycle


def propose_scenario(
    *,
    cycle: Cycle,
    form: MentoringForm,
    name: str,
    weights: Weights,
    aim: str = ScenarioAim.TOTAL,
    filling: str = GroupFilling.EVEN,
    by: Actor,
) -> Scenario:
    """Work out the best pairs of everybody who may be paired in this cycle and form."""
    assert by.user
    with transaction.atomic():
        row = Scenario.objects.create(
            school=form.school,
            cycle=cycle,
            form=form,
            name=name.strip() or _free_name(cycle, form),
            aim=aim,
            filling=filling,
            weights=weights.as_json(),
            made_by=by.user,
        )
        solve_rows(row)
        note(row, "propose", {"served": row.served, "total": row.total}, by)
    return row


def copy_scenario(*, scenario: Scenario, name: str, weights: Weights, by: Actor) -> Scenario:
    """Another scenario beside this one, with the same pairs locked and the same kept apart.

    With the same weights it has all the pairs as they are; with others everything that is not locked is solved anew.
    """
    assert by.user
    with transaction.atomic():
        old = lock_scenario(scenario)
        row = lock_scenario(scenario)
        row.pk, row.version, row.put_away_at, row.made_by, row.made_at = None, 1, None, by.user, timezone.now()
        row.name, row.weights = name.strip() or _free_name(row.cycle, row.form), weights.as_json()
        row.save(force_insert=True)
        _copy_rows(old, row)
        if row.weights != old.weights:
            solve_rows(row)
        note(row, "copy", {"from": old.pk, "served": row.served, "total": row.total}, by)
    return row


def solve_again(*, scenario: Scenario, seen_version: int, by: Actor) -> int:
    """Solve everything that is not locked anew, with what is known now; how many locked pairs could not stay.

    Raises ScenarioRefused.
    """
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        lost = solve_rows(row)
        raise_version(row)
        note(row, "solve", {"served": row.served, "total": row.total, "lost": lost}, by)
    return lost


def set_aim(*, scenario: Scenario, seen_version: int, aim: str, filling: str, by: Actor) -> Scenario:
    """Choose what comes first and how groups are filled, and solve anew. Raises ScenarioRefused."""
    if aim not in ScenarioAim.values or filling not in GroupFilling.values:
        raise ScenarioRefused(_("There is no such aim. Choose one of those on the page."))
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        row.aim, row.filling = aim, filling
        raise_version(row, "aim", "filling")
        solve_rows(row)
        note(row, "set_aim", {"aim": aim, "filling": filling}, by)
    return row


def rename_scenario(*, scenario: Scenario, seen_version: int, name: str, by: Actor) -> None:
    """Give it another name. Raises ScenarioRefused."""
    if not name.strip():
        raise ScenarioRefused(_("Write a name: by it the scenarios are told apart."))
    with transaction.atomic():
        row = lock_unchanged(scenario, seen_version)
        row.name = name.strip()
        raise_version(row, "name")
        note(row, "rename", {}, by)


def put_away(*, scenario: Scenario, by: Actor) -> None:
    """Take it off the list; it can be brought back as it was."""
    _set_away(scenario, True, by)


def bring_back(*, scenario: Scenario, by: Actor) -> None:
    """Put it on the list again."""
    _set_away(scenario, False, by)


def _free_name(cycle: Cycle, form: MentoringForm) -> str:
    number = Scenario.objects.filter(cycle=cycle, form=form).count() + 1
    return _("Scenario %(number)s") % {"number": number}


def _copy_rows(old: Scenario, new: Scenario) -> None:
    pairs, bans = list(old.pairs.order_by("pk")), list(old.bans.order_by("pk"))
    for pair in pairs:
        pair.pk, pair.scenario = None, new
    for ban in bans:
        ban.pk, ban.scenario = None, new
    ScenarioPair.objects.bulk_create(pairs)
    ScenarioBan.objects.bulk_create(bans)


def _set_away(scenario: Scenario, is_away: bool, by: Actor) -> None:
    with transaction.atomic():
        row = lock_scenario(scenario)
        if bool(row.put_away_at) == is_away:
            return
        row.put_away_at = timezone.now() if is_away else None
        raise_version(row, "put_away_at")
        note(row, "put_away" if is_away else "bring_back", {}, by)
