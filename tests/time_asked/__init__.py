"""Tests of asking for time for a duty."""
