"""The menu: whom it shows what, and which line is the present one."""

from collections.abc import Iterator

import pytest

from core.access import Door
from core.actors import NOBODY, Actor
from core.models import Role
from core.navigation import Link, _sections, links_for, may_open, register_item
from tests.factories import actor_of, installation_admin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sections() -> Iterator[None]:
    """Sections of this module alone."""
    before = dict(_sections)
    _sections.clear()
    register_item("Люди", "accounts:member_list", (Role.CURATOR,), 20, badge=lambda actor: 6)
    register_item("Приглашения", "accounts:invitation_list", (Role.CURATOR, Role.ADMINISTRATOR), 30, also=("/cards/",))
    register_item("Я", "accounts:profile", (Door.SIGNED_IN,), 10)
    register_item("Школы", "accounts:installation", (Door.INSTALLATION,), 5)
    yield
    _sections.clear()
    _sections.update(before)


def labels(actor: Actor) -> list[str]:
    return [str(link.label) for link in links_for(actor, "/")]


def test_everyone_is_shown_what_he_may_open_in_order() -> None:
    assert {
        "curator": labels(actor_of(Role.CURATOR)),
        "administrator": labels(actor_of(Role.ADMINISTRATOR)),
        "mentee": labels(actor_of(Role.MENTEE)),
        "installation": labels(installation_admin()),
        "nobody": labels(NOBODY),
    } == {
        "curator": ["Я", "Люди", "Приглашения"],
        "administrator": ["Я", "Приглашения"],
        "mentee": ["Я"],
        "installation": ["Школы", "Я"],
        "nobody": [],
    }


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/people/", "/people/"),
        ("/people/7/end/", "/people/"),
        ("/people/invitations/new/", "/people/invitations/"),
        ("/cards/7/", "/people/invitations/"),
        ("/school/", None),
    ],
)
def test_the_nearest_section_above_the_page_is_current(path: str, current: str | None) -> None:
    links = links_for(actor_of(Role.CURATOR), path)

    assert [link.url for link in links if link.is_current] == ([current] if current else [])


def test_a_badge_counts_what_waits() -> None:
    assert links_for(actor_of(Role.CURATOR), "/")[1] == Link("Люди", "/people/", 6, False)


@pytest.mark.parametrize(
    ("url", "role", "may"),
    [
        ("/people/", Role.CURATOR, True),
        ("/people/?q=а#list", Role.CURATOR, True),
        ("/people/", Role.MENTOR, False),
        ("/nowhere/", Role.CURATOR, False),
        ("", Role.CURATOR, False),
    ],
)
def test_an_address_is_known_to_let_someone_in_or_not(url: str, role: Role, may: bool) -> None:
    assert may_open(actor_of(role), url) is may
