"""Roles, purposes and refusals."""
