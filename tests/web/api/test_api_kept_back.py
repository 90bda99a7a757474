"""What is marked as not to be told is told to no program, in whatever words of whatever answer it stands."""

from __future__ import annotations

import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.web.api.kept_back import HEADER, LEFT_OUT
from tests.access.made import BEGAN, NOW
from tests.servers.started import Database
from tests.web.api.conftest import Ask, operations
from tests.web.api.test_api_forms import SAID

# With the other tests that write: what one writes of a child another reads.
pytestmark = pytest.mark.xdist_group("api writing")

ROLE = "head of service"
MARKED = {
    "marker_id": "of-a-school", "child_id": "district", "kind": "school", "value": "Quillberry Primary School",
    "told_to": "anyone outside", "why": "safe address", "said_by": "court", "from_on": BEGAN,
}  # fmt: skip


@pytest.fixture
def notes(api: Database, ask: Ask, handles: dict[str, str]) -> str:
    """A child of whom a school is marked, with a note that tells it and one that does not. Gives where they stand."""
    path = f"/children/{handles['district']}/entries"
    for number, words in (("7", "Fetched from QUILLBERRY primary."), ("8", "Made-up words.")):
        note = {"number": number * 32, "said": {**SAID, "note": words}}
        assert ask(f"{path}/case-note", ROLE, note).status in (201, 409)
    with api.connect(DatabaseRole.OWNER) as owner:
        stands = owner.execute("select 1 from record.not_to_be_told where marker_id = 'of-a-school'").fetchone()
    if not stands:
        with api.connect(DatabaseRole.APPLICATION) as connection:
            append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"not_to_be_told": [MARKED]})
    return f"{path}?form=case-note"


def test_words_that_tell_what_is_marked_are_left_out_and_counted(ask: Ask, notes: str) -> None:
    answer = ask(notes, ROLE)
    assert {one["said"]["note"] for one in answer.body["items"]} == {LEFT_OUT, "Made-up words."}
    assert answer.headers[HEADER] == "1"


def test_no_operation_about_the_child_tells_what_is_marked(ask: Ask, notes: str, handles: dict[str, str]) -> None:
    asked = [one for one in operations() if one.method == "GET" and one.path.startswith("/api/v1/children")]
    answers = {one.path: ask(one.filled(handle=handles["district"]), ROLE) for one in asked}
    assert sum(one.status == 200 for one in answers.values()) > 10
    assert [path for path, one in answers.items() if "quillberry" in one.text.lower()] == []


def test_a_program_writes_no_words_for_another_agency_of_a_child_of_whom_something_is_marked(
    ask: Ask, notes: str, handles: dict[str, str]
) -> None:
    """Nobody would have looked at what is left out. To no sign-in, it is written."""
    new = {
        "number": "e" * 32, "agreed_on": "2026-03-02", "plan": "cp", "what": "Ring home by nine", "owner": "agency",
        "due_on": "2026-03-27", "agency": "school", "account": "partner", "told_as": "D. in class 4",
    }  # fmt: skip
    path = f"/children/{handles['district']}/plan-actions"
    refused = ask(path, ROLE, new)
    assert refused.status == 422 and "another agency would read this" in refused.text
    assert ask(path, ROLE, new | {"account": "", "told_as": ""}).status == 201
