"""Whom a form means by the handle that it sends, and what each of its fields keeps of what was typed."""

from __future__ import annotations

from keyworker.facts.pictures import WorkerRef
from keyworker.web.presenters.fields import FilledIn, of_workers, worker_meant

OFFERED = [
    WorkerRef("w-0", "Made Nohandle", ""),
    WorkerRef("w-1", "Made One", "h1"),
    WorkerRef("w-2", "Made Two", "h2"),
]


def test_a_form_means_whom_it_names_and_never_anybody_where_it_names_nobody() -> None:
    assert [worker_meant(OFFERED, handle) for handle in ("h2", "h1", "elsewhere", "")] == ["w-2", "w-1", "", ""]


def test_whoever_was_typed_is_chosen_again() -> None:
    assert [(one.value, one.chosen) for one in of_workers(OFFERED[1:], "h2")] == [("h1", False), ("h2", True)]


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong_with_it_alone() -> None:
    said, wrong = {"on": "31 June", "why": "Made up"}, {"on": "Enter a real day"}
    field = FilledIn(lambda name: said.get(name, ""), wrong).field
    found = [field(name, "A question", "text") for name in ("on", "why", "present")]
    assert [(one.value, one.error) for one in found] == [("31 June", "Enter a real day"), ("Made up", ""), ("", "")]
