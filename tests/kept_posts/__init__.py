"""Posts that are kept here."""
