"""The only writer of the record: acts, entries, corrections, endings, signed erasures and loads."""

from keyworker.record.writer.act import Act, ActResult, Counts, is_outdone, last_recorded_at, watermark
from keyworker.record.writer.bulk import Staged, StaleComparison, commit_load, current, stage_ddl
from keyworker.record.writer.entries import (
    AlreadyRecorded,
    Amendment,
    NotCurrent,
    WriteRefused,
    amend,
    append,
    append_and_amend,
    correct,
    end,
    withdrawn_entry,
)
from keyworker.record.writer.erasure import erase
from keyworker.record.writer.first import FirstLoad, first_load
from keyworker.record.writer.keeping import SetAsideRow

__all__ = [
    "Act",
    "ActResult",
    "AlreadyRecorded",
    "Amendment",
    "Counts",
    "FirstLoad",
    "NotCurrent",
    "SetAsideRow",
    "Staged",
    "StaleComparison",
    "WriteRefused",
    "amend",
    "append",
    "append_and_amend",
    "commit_load",
    "correct",
    "current",
    "end",
    "erase",
    "first_load",
    "is_outdone",
    "last_recorded_at",
    "stage_ddl",
    "watermark",
    "withdrawn_entry",
]
