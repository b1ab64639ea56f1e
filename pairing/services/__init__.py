"""The verbs of pairing."""
