"""A worker's own load."""
