"""Tests of finding anyone."""
