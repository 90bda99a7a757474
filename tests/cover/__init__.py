"""Tests of the cover sheet."""
