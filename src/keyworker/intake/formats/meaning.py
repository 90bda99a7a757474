"""The workbook of meanings, filled in."""

from keyworker.intake.meaning.reader import MeaningReader

READERS = (MeaningReader(),)
