"""The clocks, worked out slowly and plainly, day by day: what every engine must agree with."""
