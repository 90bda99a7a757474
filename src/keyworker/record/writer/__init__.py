"""The only writer of the record: acts, entries, corrections, endings, signed erasures and loads."""

from keyworker.record.writer.act import Act, ActResult, Counts, last_recorded_at
from keyworker.record.writer.bulk import (
    SetAsideRow,
    Staged,
    StaleComparison,
    commit_load,
    current,
    stage_ddl,
    watermark,
)
from keyworker.record.writer.entries import AlreadyRecorded, NotCurrent, append, correct, end
from keyworker.record.writer.erasure import erase

__all__ = [
    "Act",
    "ActResult",
    "AlreadyRecorded",
    "Counts",
    "NotCurrent",
    "SetAsideRow",
    "Staged",
    "StaleComparison",
    "append",
    "commit_load",
    "correct",
    "current",
    "end",
    "erase",
    "last_recorded_at",
    "stage_ddl",
    "watermark",
]
