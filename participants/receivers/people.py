"""What people and their parts in a year add to the menu, the home pages and the roadmap."""
