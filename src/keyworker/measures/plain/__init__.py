"""Measures worked out slowly and plainly, a day and a child at a time, without SQL: every engine must agree with it."""
