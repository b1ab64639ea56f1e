"""What the register of people adds to the floors below."""

from participants.receivers import bases, consents, destruction, links, people, piles, preparation, sheets

__all__ = ["bases", "consents", "destruction", "links", "people", "piles", "preparation", "sheets"]
