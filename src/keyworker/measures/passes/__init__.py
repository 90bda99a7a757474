"""From spans of days to numbers: written once, for every measure, group, series of dates and engine."""
