"""What was true at a moment, as known at a moment, from the record or from a snapshot."""
