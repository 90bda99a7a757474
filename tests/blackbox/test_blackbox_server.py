"""Words about the disk and the record's own server, for somebody who has never seen either."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from keyworker.vocabulary.disk import in_words
from tests.blackbox.conftest import Analyst, Said


def test_set_aside_rows_cannot_be_written_into_a_folder_that_is_not_there(analyst: Analyst) -> None:
    analyst.writes("bad.csv", "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,CHILD-1,soon\n")
    analyst.types("load", "bad.csv")
    said = analyst.types("set-aside", "--out", "nowhere/mend.csv", expect=2).stderr
    assert "There is no such file or folder." in said
    assert "nowhere/mend.csv" in said.replace("\n", "")


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EACCES, "You may not read"), (errno.ENOSPC, "The disk is full."), (errno.EIO, "")]
)
def test_what_the_disk_refuses_is_said_in_words(code: int, words: str) -> None:
    """Root may read everything, so the refusals are made here; an error of the disk itself stays a fault."""
    said = in_words(OSError(code, "raw words of the system", "locked.csv"))
    assert (said.what.startswith(words) and said.where == "locked.csv") if said else not words


def test_status_starts_nothing_and_stop_has_nothing_to_stop(bystander: Callable[..., Said], tmp_path: Path) -> None:
    told = json.loads(bystander("status", "--json").stdout)
    assert (told["running"], told["in_use"]) == (False, False)
    assert told["data_folder"] == str(tmp_path / "home")
    assert "Running: no" in bystander("status").stdout
    assert "was not running" in bystander("stop").stdout


def test_a_server_of_ones_own_is_not_stopped(analyst: Analyst) -> None:
    assert "your own" in analyst.types("status").stdout
    assert "does not stop that" in analyst.types("stop", expect=2).stderr
