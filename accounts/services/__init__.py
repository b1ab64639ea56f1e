"""What can be done at the doors, one module for each subject."""
