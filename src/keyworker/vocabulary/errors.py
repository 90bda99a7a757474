"""Errors that a person can act on: what happened, where, and what to do.

Anything else that is raised is a fault in the program. No message holds a name or an identifier that
another system knows; the offending value of a row is kept in the set-aside row, not in the error.
"""

from __future__ import annotations


class KeyworkerError(Exception):
    """Something that the user can mend.

    Takes   what happened, in a sentence; where (a file, a table, a setting); remedy, what to do next.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(" ".join(filter(None, [what, f"Where: {where}." if where else "", remedy])))
        self.what = what
        self.where = where
        self.remedy = remedy


class FileRefused(KeyworkerError):
    """A file that cannot be trusted at all, refused whole; nothing of it was kept."""


class Refused(KeyworkerError):
    """Something that this person may not do, in words fit for a page."""

    exit_code = 3
