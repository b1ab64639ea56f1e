"""What the register of people adds to the floors below."""

from participants.receivers import (
    bases,
    consents,
    destruction,
    drafts,
    link_day,
    links,
    people,
    piles,
    preparation,
    sheets,
)

__all__ = [
    "bases",
    "consents",
    "destruction",
    "drafts",
    "link_day",
    "links",
    "people",
    "piles",
    "preparation",
    "sheets",
]
