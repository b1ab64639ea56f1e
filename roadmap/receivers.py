"""What the roadmap adds to every sweep and to the outbox."""
