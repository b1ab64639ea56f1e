"""The forms of pairs and meetings."""
