"""Files in: recognise, read, set aside, compare, write."""
