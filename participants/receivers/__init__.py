"""What the register of people adds to the floors below."""

from participants.receivers import (
    bases,
    charges,
    consents,
    destruction,
    drafts,
    duplicates,
    link_day,
    links,
    people,
    piles,
    preparation,
    sheets,
)

__all__ = [
    "bases",
    "charges",
    "consents",
    "destruction",
    "drafts",
    "duplicates",
    "link_day",
    "links",
    "people",
    "piles",
    "preparation",
    "sheets",
]
