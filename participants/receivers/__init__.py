"""What the register of people adds to the floors below."""

from participants.receivers import consents, links, people

__all__ = ["consents", "links", "people"]
