"""The pages of the roadmap."""
