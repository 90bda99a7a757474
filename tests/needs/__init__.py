"""Tests of what needs somebody."""
