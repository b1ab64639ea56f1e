"""The verbs of surveys: what is written, asked, answered, counted."""
