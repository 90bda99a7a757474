"""Every marked value is searched for in every output of every command, every export and every copy, for everybody.

It finds new commands, returns and relations by itself: what it does not know of fails until somebody has thought of it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import INSIDE_ONLY
from keyworker.actions import exports
from keyworker.actions.copies import WantedCopy
from keyworker.cli import app
from keyworker.cli.late_commands import loaded
from keyworker.record.connect import DatabaseRole
from keyworker.returns import FORMATS, RECEIVERS
from keyworker.vocabulary.codes import codes
from tests.leaving.planting import columns_planted
from tests.leaving.searching import MARKED, NEEDLES, PLANTED, ash, director, marked_record, told_in
from tests.servers.started import Database

REASON = ("--names", "--reason", "a test")
ASKED: dict[str, tuple[str, ...]] = {
    "loads": (),
    "map": ("{out}.xlsx",),
    "quality": (),
    "matches": (),
    "children": (),
    "child": ("ash",),
    "team": ("t1",),
    "service": (),
    "worker": ("ann",),
    "post": ("p1",),
    "posts": (),
    "team-over-time": ("t1",),
    "measures": (),
    "measure": ("open-children", "--at", "2026-02-28"),
    "figures": (),
    "rules": (),
    "clocks": ("--child", "ash"),
    "due": (),
    "missed": (),
    "nothing-recent": (),
    "ahead": (),
    "pace": ("cp-visit",),
    "exceptions": ("--child", "ash"),
    "not-to-be-told": ("--child", "ash"),
    "copies": ("ash",),
    "told-outside": (),
    "rebases": ("open-children",),
    "supervision-notes": (),
    "my-load": ("--worker", "ann"),
    "loads-to-answer": (),
    "first-years": (),
    "begun": (),
    "post-history": ("p1",),
    "to-cover": (),
    "staff-recorded": ("--worker", "ann"),
    "areas": (),
    "permissions": (),
    "snapshots": (),
    "exports": (),
    "looked": ("ash",),
    "access-log": ("--child", "ash"),
    "emergencies": (),
    "restricted": (),
    "cover-sheet": ("ash",),
    "find": ("Ashby",),
    "for-child": ("ash",),
    "own-words": ("ash",),
    "plan-actions": ("ash",),
    "own-actions": (),
    "challenges": (),
    "challenges-of": ("ash",),
    "meetings": ("ash",),
    "meeting-invitations": ("ash",),
    "direct-work": ("ash",),
    "nothing-attached": (),
    "my-actions": (),
    "entries": ("ash",),
    "recorded": ("--child", "ash"),
    "case-notes": ("--child", "ash"),
    "erasures": (),
    "handovers": (),
    "needs-me": (),
    "supervision-actions": ("--child", "ash"),
    "supervisions": ("--child", "ash"),
    "time-asked": ("ash",),
    "planned-visits": ("ash",),
    "my-visits": (),
    "time-to-answer": (),
    "workers-of": ("--child", "ash"),
    "alike": (),
    "like-child": ("--forename", "Ashby", "--surname", "Fictional", "--birth-on", "2015-03-01"),
}
"""Commands that show something, and what they are asked."""
_ELSEWHERE = """
load set-aside join part agree withdraw mark unmark answer-unmark ask-copy answer-copy give-copy rebase withdraw-rebase
answer-told-outside
write-supervision-note answer-supervision-note withdraw-supervision-note write snapshot county demo serve status stop
restrict name unname lift review sign-in sign-out
allocate answer-handover answer-supervision answer-time ask-time end-allocation handover-steps record-supervision
take-time-back write-own-words take-back-own-words withdraw-handover withdraw-supervision
challenge answer-challenge next-stage end-challenge record-meeting withdraw-meeting
write-plan-action move-plan-action end-plan-action plan-visit move-visit call-visit-off
attach-direct-work open-direct-work agree-direct-work
challenge-load answer-load settle-load take-load-back write-post change-post write-post-step correct-post-step
new-worker record-staff correct-staff decide-cover
ask-erasure answer-erasure record entry-history correct-entry withdraw-entry remind write-child
"""
ELSEWHERE = frozenset(_ELSEWHERE.split())
"""Commands that take something in, serve, or whose files are searched by a test of their own."""
TELLING = frozenset(
    {"not-to-be-told", "exceptions", "child", "emergencies", "cover-sheet", "handovers", "supervision-actions"}
    | {"supervisions", "time-asked", "own-words", "direct-work", "plan-actions", "meetings", "planned-visits"}
    | {"challenges", "challenges-of", "case-notes", "loads-to-answer"}
)
"""Commands that tell a marked value to whoever types on the machine itself, and only with a reason for names."""


@pytest.fixture
def record(as_database_url: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    marked_record(as_database_url)
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as opened:
        yield opened


def test_the_search_finds_what_is_packed_escaped_or_in_a_programs_own_form() -> None:
    packed, parquet = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "Quillberry Lane")
    pl.DataFrame({"a": ["Rose Unreal"]}).write_parquet(parquet)
    assert told_in(packed.getvalue()) == {"quillberrylane"}
    assert told_in(parquet.getvalue()) == {"roseunreal"}
    assert told_in(b"?q=ZZ1+2AB") == {"zz12ab"} and told_in(b"Fern&#98;ank") == {"fernbank"}
    assert told_in(b"Ashby lives with his mother.") == set()
    assert len(told_in(PLANTED.encode())) >= 5


def test_a_sentence_lies_in_every_column_in_which_words_may_stand(record: Database) -> None:
    planted = columns_planted()
    assert {("visit_note", "words"), ("supervision_note", "note"), ("early_help_episodes", "reason")} <= planted
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        for table, column in planted:
            found = owner.execute(f"select count(*) from record.{table} where {column} = %s", (PLANTED,)).fetchone()
            assert found is not None and found[0] >= 1, (table, column)


def test_every_command_is_searched_or_known_to_show_nothing_of_a_child() -> None:
    names = {name for name, one in loaded().items() if not hasattr(one, "commands")}
    assert names == set(ASKED) | ELSEWHERE
    assert not set(ASKED) & ELSEWHERE


def test_no_command_tells_a_marked_value_without_a_reason_for_names(record: Database, tmp_path: Path) -> None:
    found = {}
    for name, arguments in ASKED.items():
        for form in ((), ("--format", "json"), ("--format", "csv")):
            words = [one.format(out=tmp_path / f"{name}-{len(form)}") for one in arguments]
            said = CliRunner().invoke(app, [name, *words, *form])
            if told := told_in(said.stdout_bytes + said.stderr_bytes):
                found[name, form] = told
    assert found == {}


def test_with_a_reason_only_the_commands_that_must_tell_one_to_whoever_works_here_do(record: Database) -> None:
    found = set()
    for name, arguments in ASKED.items():
        said = CliRunner().invoke(app, [name, *arguments, *REASON, "--format", "json"])
        if said.exit_code == 0 and told_in(said.stdout_bytes):
            found.add(name)
    assert found <= TELLING and "not-to-be-told" in found


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_each_row_of_a_file_that_a_command_writes_says_for_whom_it_is(
    record: Database, form: str, tmp_path: Path
) -> None:
    out = tmp_path / f"children.{form}"
    said = CliRunner().invoke(app, ["children", "--at", "2026-03-20", "--format", form, "--out", str(out)])
    assert said.exit_code == 0, said.output
    read = {"csv": pl.read_csv, "json": pl.read_json, "parquet": pl.read_parquet}[form](out)
    assert read.height == 2 and read.columns[-1] == "for_whom"
    assert set(read["for_whom"]) == {"inside the service only"}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_return_keeps_what_the_law_asks_for_and_says_so_and_an_extract_says_that_it_stays_inside(
    record: Database, form: str, tmp_path: Path
) -> None:
    said = CliRunner().invoke(app, ["write", form, "--at", "2026-03-20", "--out", str(tmp_path / "out")])
    assert said.exit_code == 0, said.output
    words = " ".join(said.output.split())
    assert "1 child has something marked as not to be told." in words
    rest = f"send it to {RECEIVERS[form]} and to nobody else" if form in RECEIVERS else INSIDE_ONLY
    assert rest in words
    (one,), _ = exports.listed(tmp_path / "home")
    assert one.for_whom == RECEIVERS.get(form, "inside the service only")
    names = b" ".join(path.name.encode() for path in (tmp_path / "out").rglob("*"))
    assert told_in(names) == set()


def test_a_snapshot_holds_no_marked_value(record: Database, tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["snapshot", "--reason", "a test", "--days", "3"])
    assert said.exit_code == 0, said.output
    files = [path for path in (tmp_path / "home" / "snapshots").rglob("*") if path.is_file()]
    assert any(path.suffix == ".parquet" for path in files)
    assert {path.name: told for path in files if (told := told_in(path.read_bytes()))} == {}


def test_no_copy_for_anybody_tells_a_marked_value_however_the_sender_spells_it(connection: psycopg.Connection) -> None:
    door, child = director(connection), ash(connection)
    note = "\n".join(f"Line: {way}." for _, _, ways in MARKED.values() for way in ways)
    for relation in codes("relation"):
        for with_family in (False, True):
            wanted = WantedCopy("0" * 32, relation, "Gail Imaginary", "a test", note, with_family=with_family)
            looked = door.look(child, wanted)
            assert told_in(looked.copy.text.encode()) == set()
            assert looked.needs_second
            lines = [one.text for one in looked.let_out.left_out if one.what == "From the service"]
            assert len(lines) == len(NEEDLES)
