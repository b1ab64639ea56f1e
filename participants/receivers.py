"""What the register of people adds to the floors below."""
