"""What mentorships and meetings add to the menu, the home pages and the roadmap, and what a withdrawal stops."""
