"""Reminders by email: how much waits and when, with no child's details, to the address of the sign-in."""
