"""Files out: the returns that a council owes, from any record."""
