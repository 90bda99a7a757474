"""Timescales: by when a child should be seen, and where they stand."""
