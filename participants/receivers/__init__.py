"""What the register of people adds to the floors below."""

from participants.receivers import consents, destruction, links, people, piles, preparation

__all__ = ["consents", "destruction", "links", "people", "piles", "preparation"]
