"""The verbs of participants."""
