"""Whom a form means, by the handle that it sends."""

from __future__ import annotations

from keyworker.facts.pictures import WorkerRef
from keyworker.web.presenters.fields import of_workers, worker_meant

OFFERED = [
    WorkerRef("w-0", "Made Nohandle", ""),
    WorkerRef("w-1", "Made One", "h1"),
    WorkerRef("w-2", "Made Two", "h2"),
]


def test_a_form_means_whom_it_names_and_never_anybody_where_it_names_nobody() -> None:
    assert [worker_meant(OFFERED, handle) for handle in ("h2", "h1", "elsewhere", "")] == ["w-2", "w-1", "", ""]


def test_whoever_was_typed_is_chosen_again() -> None:
    assert [(one.value, one.chosen) for one in of_workers(OFFERED[1:], "h2")] == [("h1", False), ("h2", True)]
