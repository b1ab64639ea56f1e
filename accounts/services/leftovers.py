"""Taking away what is kept no longer."""

from __future__ import annotations

from accounts.models import Card, Invitation, outlived


def remove_outlived() -> int:
    """Delete invitations and cards 90 days after they were used, revoked or expired; their number."""
    return Invitation.objects.filter(outlived()).delete()[0] + Card.objects.filter(outlived()).delete()[0]
