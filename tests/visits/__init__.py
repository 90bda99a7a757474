"""Visits that are written down here."""
