"""What surveys add to the floors below."""

from surveys.receivers import answers, campaigns, measurements, parameters, questionnaires, results

__all__ = ["answers", "campaigns", "measurements", "parameters", "questionnaires", "results"]
