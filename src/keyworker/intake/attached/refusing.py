"""How a file is refused that cannot be kept."""

from __future__ import annotations

from keyworker.vocabulary.errors import KeyworkerError


class Unclean(KeyworkerError):
    """A file that cannot be kept, and why: it names nobody and tells nothing of what is in it."""

    def __init__(self, says: str, remedy: str = "Choose another file.") -> None:
        super().__init__(says, where="what is attached", remedy=remedy)
