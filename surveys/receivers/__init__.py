"""What surveys add to the floors below."""

from surveys.receivers import parameters

__all__ = ["parameters"]
