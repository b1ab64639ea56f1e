"""The papers of a survey: slips, codes of a class, and questionnaires to be filled in by hand."""
