"""What a service raises when it refuses: the text is for the person who asked."""

from __future__ import annotations


class DomainError(Exception):
    """A refusal in words a curator understands; views show `str(error)` as it is."""


class TransitionRefused(DomainError):
    """The thing is no longer in a state from which this step is possible."""
