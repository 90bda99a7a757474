"""Who works with a child, written down by hand."""
