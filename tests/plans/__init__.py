"""What children's plans ask, meetings about them, and challenge."""
