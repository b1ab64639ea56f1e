"""Whom a personal link lets in, and what its holder finds at home."""
