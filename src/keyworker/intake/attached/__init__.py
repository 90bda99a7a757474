"""A picture or a recording, known by what it holds, and written anew so that nothing else comes with it."""

from keyworker.intake.attached.cleaned import MOST_BYTES, Cleaned, Unclean, cleaned

__all__ = ["MOST_BYTES", "Cleaned", "Unclean", "cleaned"]
