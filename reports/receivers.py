"""What the papers adds to the floors below."""
