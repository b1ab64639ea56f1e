"""What the pairs adds to the floors below."""
