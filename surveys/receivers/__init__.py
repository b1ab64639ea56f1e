"""What surveys add to the floors below."""

from surveys.receivers import campaigns, measurements, parameters, questionnaires

__all__ = ["campaigns", "measurements", "parameters", "questionnaires"]
