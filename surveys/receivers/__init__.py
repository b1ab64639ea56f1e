"""What surveys add to the floors below."""
