"""Keyworker: the open system of a county's children's services."""
