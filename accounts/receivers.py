"""What the doors add to the outbox."""
