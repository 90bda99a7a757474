"""The pages. The web framework lives only here."""
