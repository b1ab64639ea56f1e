"""R17: whoever looks at a person's data leaves one line in the journal, whatever page shows it.

Every page that everyone can open is opened; those that show a canary of somebody in the register are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import resolve

from core.models import Role
from tests.canaries import LINK
from tests.walks.walked import Seen, Walked

pytestmark = pytest.mark.django_db

WHO = [*Role, LINK]
TELLING = {"person", "guardian", "enrolment", "consent", "match", "meeting", "orderline"}
"""The kinds of rows that tell something of people in the register."""
NAME_REPEATED = {
    "participants:person_remove",
    "participants:person_enrol",
    "participants:guardian_new",
    "participants:guardian_remove",
    "participants:enrolment_pause",
    "participants:enrolment_end",
    "participants:enrolment_return",
    "participants:interview_new",
    "participants:person_door",
    "participants:consent_withdraw",
    "participants:destruction_new",
    "participants:mine_decline",
    "participants:mine_object",
    "participants:mine_withdraw",
}
"""Pages between a card and a deed: they ask once more and repeat the name that the card before them showed."""

GREETED = {"surveys:answer_start"}
"""Pages that greet whoever opens them by his own given name. A line of the journal here would tell when somebody came
to an anonymous survey.
"""


@pytest.mark.parametrize("who", WHO)
def test_each_view_of_a_persons_data_leaves_one_line(who: str, walked: Callable[[str], Walked]) -> None:
    came_upon, shown, wrong = walked(who), Counter[str](), []

    for page in came_upon.pages:
        route = resolve(page.address.split("?")[0]).view_name
        if page.status == 200 and tells_of_people(page) and route not in NAME_REPEATED | GREETED:
            shown[route] += 1
            is_told = is_journaled(page.lines, came_upon.actor.pseudonym)
            wrong += [f"{route}: {[str(line) for line in page.lines]}"] if not is_told else []

    print(f"journal: {who}: {shown.total()} views of {len(shown)} pages that tell of people, {len(wrong)} wrong")
    assert sorted(set(wrong)) == []
    assert {name for name in SHOWN_TO.get(who, ()) if not shown[name]} == set()


SHOWN_TO: dict[str, set[str]] = {
    Role.CURATOR: {
        "home",
        "participants:person_list",
        "participants:person_show",
        "participants:person_edit",
        "participants:enrolment_profile",
        "participants:consent_list",
        "participants:consent_check",
        "pairing:match_list",
        "pairing:match_new",
        "pairing:mentorship_list",
        "pairing:mentorship_show",
        "reports:order_show",
    },
    Role.ADMINISTRATOR: {"participants:person_show", "participants:consent_check", "pairing:match_decide"},
    Role.MENTOR: {"home", "pairing:mentorship_mine", "pairing:mentorship_meet"},
    Role.MENTEE: {"home", "pairing:mentorship_mine"},
    Role.GUARDIAN: {"participants:mine_home", "participants:mine_consent", "pairing:mentorship_mine"},
    LINK: {"participants:mine_home", "participants:mine_consent", "pairing:mentorship_mine"},
}
"""Pages that are among those counted, so that the count cannot be of nothing."""


def tells_of_people(page: Seen) -> bool:
    return bool({mark.split("-")[1] for mark in page.own if "-" in mark} & TELLING)


def is_journaled(lines: list[Any], actor: str) -> bool:
    """One line, of whoever looked: at which row, or at a list of how many."""
    if len(lines) != 1 or lines[0].actor != actor:
        return False
    line = lines[0]
    return bool(line.thing) if line.verb in {"view", "download"} else line.verb == "list" and "count" in line.detail
