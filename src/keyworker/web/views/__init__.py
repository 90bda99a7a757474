"""What each address does: find the picture, build its page, render it. No arithmetic, no rules."""
