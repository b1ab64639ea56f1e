"""What surveys add to the floors below."""

from surveys.receivers import campaigns, parameters, questionnaires

__all__ = ["campaigns", "parameters", "questionnaires"]
