"""What pairs and meetings add to the floors below."""

from pairing.receivers import matches, meetings

__all__ = ["matches", "meetings"]
