"""Whoever came by a personal link opens his own pages and nothing else, wherever he turns."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from core.access import Door
from tests.factories import SchoolFactory
from tests.families import come_by_link, family_of
from tests.test_access_matrix import METHODS, THINGS, Route, all_routes

pytestmark = pytest.mark.django_db
ROUTES = all_routes()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_open(route: Route) -> bool:
    """Open to the holders of links, or to anyone."""
    assert route.rule
    return bool({Door.LINK, Door.ANYONE} & route.rule.who)


def test_the_pages_of_the_holder_are_these() -> None:
    own = {route.name for route in ROUTES if route.rule and Door.LINK in route.rule.who}

    assert own == {
        "home",
        "participants:mine_home",
        "participants:mine_consent",
        "participants:mine_send",
        "participants:mine_paper",
        "participants:mine_page",
        "participants:mine_decline",
        "participants:mine_object",
        "participants:mine_withdraw",
        "participants:mine_choices",
        "participants:mine_copy",
        "participants:mine_draft",
        "participants:mine_draft_change",
        "participants:mine_pages",
        "pairing:mentorship_mine",
        "pairing:agreement_answer",
        "surveys:ward_enter",
    }


def test_every_other_page_gives_the_holder_nothing_of_his_own_school_either() -> None:
    school = SchoolFactory()
    family = family_of(school)
    browser = come_by_link(Client(raise_request_exception=False), family.link)
    answers: dict[str, int] = {}
    for route in ROUTES:
        if is_open(route):
            continue
        keys = {
            kwarg: THINGS[route.thing(kwarg)].key(THINGS[route.thing(kwarg)].make(school)) for kwarg in route.kwargs
        }
        for method in METHODS:
            with transaction.atomic():
                answers[f"{method} {route.name}"] = browser.generic(method, route.address(keys)).status_code
                transaction.set_rollback(True)

    given = {what: status for what, status in answers.items() if status not in {302, 403, 404}}
    print(
        f"link holder: {len(answers)} requests to {len(answers) // len(METHODS)} pages of others, {len(given)} answered"
    )
    assert given == {}
    assert len(answers) > 100
