"""The made-up county: whole lives first, records second. Obviously fictional."""
