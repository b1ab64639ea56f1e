"""What consents add to the menu, the home pages, the roadmap, the jobs and the outbox."""
