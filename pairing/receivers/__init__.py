"""What pairs and meetings add to the floors below."""

from pairing.receivers import agreements, matches, meetings

__all__ = ["agreements", "matches", "meetings"]
