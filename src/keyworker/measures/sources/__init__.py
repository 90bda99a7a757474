"""The places that hold facts, each on its own engine."""
