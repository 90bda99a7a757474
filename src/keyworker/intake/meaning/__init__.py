"""What a source's words mean here: found, counted, guessed at, filled in by the analyst, loaded back with dates.

A word that nobody has given a meaning stays a named group, `unmapped`, everywhere; it is never dropped.
"""

from keyworker.intake.meaning.found import Found, found
from keyworker.intake.meaning.guess import Guess, guess
from keyworker.intake.meaning.reader import MeaningReader
from keyworker.intake.meaning.workbook import write_workbook

__all__ = ["Found", "Guess", "MeaningReader", "found", "guess", "write_workbook"]
