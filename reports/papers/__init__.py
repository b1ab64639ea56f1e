"""What stands on the papers, set out from plain values."""
