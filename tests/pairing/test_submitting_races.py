"""Many who send the same pairs of a scenario at the same moment."""

from __future__ import annotations

import pytest

from core.models import Role
from pairing.models import Agreement, Match, Scenario, Submission
from pairing.services.submitting import send_scenario
from tests.factories import actor_of
from tests.pairing.crowd import Race, run
from tests.pairing.school_of_pairs import worked_out

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def sendings_of_a_scenario() -> Race:
    curator = actor_of(Role.CURATOR)
    scenario = worked_out(curator)
    mentees = list(scenario.pairs.values_list("mentee", flat=True))

    def begin() -> None:
        Agreement.objects.all().delete()
        Match.objects.all().delete()
        Submission.objects.all().delete()
        Scenario.objects.filter(pk=scenario.pk).update(version=1)

    return Race(
        "one sending of the pairs of a scenario",
        begin=begin,
        attempt=lambda number: send_scenario(
            scenario=scenario, seen_version=1, mentees=mentees, note="", asks=bool(number % 2), by=curator
        ),
        is_broken=lambda: (Match.objects.count(), Submission.objects.count()) != (len(mentees), 1),
        locked=(Scenario,),
        backed_by=(Match, "one_open_match_per_mentee_and_form"),
    )


def test_the_pairs_of_a_scenario_are_sent_once() -> None:
    tally = run(sendings_of_a_scenario())

    assert (tally.broken, tally.trouble) == (0, {})
    print(tally)
