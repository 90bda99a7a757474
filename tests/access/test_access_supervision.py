"""Who reads a note of personal supervision: the two who held it and the supervisor's manager, and nobody else.

Sue was supervised by Zoe until 1 February and is by Pat since; Pat is by Mo, Mo by Di.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from keyworker.access import Door
from keyworker.access.table import roles
from keyworker.actions import Keyworker
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.supervision_notes import LONGEST_NOTE, WantedNote, problems, write_note
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import WriteRefused
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, SOCIAL_WORKER, TODAY, service
from tests.clocks.made import tell
from tests.servers.asking import asking
from tests.servers.started import Database

CHANGED = date(2026, 2, 1)
WORKERS = ("pat", "sue", "zoe", "mo", "di", "ann")
LINES = (("sue", "zoe", CHANGED), ("sue", "pat", None), ("pat", "mo", None), ("mo", "di", None))
HELD = {
    "sue": "social worker",
    "pat": "consultant social worker",
    "zoe": "consultant social worker",
    "mo": "team manager",
    "di": "head of service",
    "ann": "social worker",
}


def _holding(account: str, role: str, worker: str | None, scope: str = "all", **also: Any) -> dict[str, Any]:
    until = date(2027, 1, 1) if role == "inspector" else None
    row = {"account": account, "role": role, "scope": scope, "worker_id": worker, "from_on": BEGAN, "to_on": until}
    return row | also


def _tables() -> dict[str, list[dict[str, Any]]]:
    lines = [
        {"worker_id": of, "supervisor_id": by, "from_on": CHANGED if (of, by) == ("sue", "pat") else BEGAN, "to_on": to}
        for of, by, to in LINES
    ]
    return service() | {
        "professionals": [{"worker_id": one, "name": f"{one.title()} Madeup"} for one in WORKERS],
        "appointment": [
            {"appointment_id": f"a-{one}", "worker_id": one, "team_id": "t1", "from_on": BEGAN, **SOCIAL_WORKER}
            for one in WORKERS
        ],
        "supervision_line": lines,
        "role_holding": [
            *(_holding(one, role, one) for one, role in HELD.items()),
            *(_holding(f"everywhere.{role}", role, None) for role in roles()),
            _holding("cover", "team manager", "ann", covering_for="mo"),
        ],
    }


@contextmanager
def opened(database: Database, account: str, door: Door = Door.PAGE) -> Iterator[Keyworker]:
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, TODAY, purpose="test", door=door)
        yield asking(asker, connection, NOW)


def _write(database: Database, by: str, note_id: str, worker: str, supervisor: str, on: date) -> None:
    with opened(database, by) as door:
        words = f"Madeup words of {note_id}"
        door.write_supervision_note(WantedNote(note_id, worker, supervisor, on, words))


@pytest.fixture
def noted(database: Database) -> Database:
    """`old` by Zoe of Sue, `new` by Pat of Sue, `own` by Pat of their own with Mo."""
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, _tables(), now=datetime(2026, 3, 20, 9, tzinfo=UTC))
    _write(database, "zoe", "old", "sue", "zoe", date(2026, 1, 20))
    _write(database, "pat", "new", "sue", "pat", date(2026, 3, 2))
    _write(database, "pat", "own", "pat", "mo", date(2026, 3, 3))
    return database


def read_by(database: Database, account: str, door: Door = Door.PAGE) -> set[str]:
    with opened(database, account, door) as keyworker:
        return {one.note_id for one in keyworker.supervision_notes().notes}


def test_a_deputy_holds_the_supervision_from_the_first_day_and_reads_nothing_earlier(noted: Database) -> None:
    """Pat is away from 10 March: Ann, in whose line nobody is, supervises Sue. Mo's notes with Pat stay Mo's."""
    deputy = {"deputy_id": "d1", "worker_id": "sue", "supervisor_id": "ann", "deputy_why": "away"}
    also = {"deputy_id": "d2", "worker_id": "pat", "supervisor_id": "zoe", "deputy_why": "vacant"}
    rows = [one | {"from_on": date(2026, 3, 10)} for one in (deputy, also)]
    with noted.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"supervision_deputy": rows}, now=datetime(2026, 3, 20, 9, 30, tzinfo=UTC))
    assert read_by(noted, "ann") == set()
    assert read_by(noted, "zoe") == {"old"}, "a deputy of Pat takes over nothing of what Pat held as a supervisor"
    with opened(noted, "ann") as ann:
        (pair,) = ann.supervision_notes().pairs
        assert (pair.worker.worker_id, pair.why, pair.from_on) == ("sue", "away", date(2026, 3, 10))
        with pytest.raises(KeyworkerError, match="did not supervise"):
            ann.write_supervision_note(WantedNote("early", "sue", "ann", date(2026, 3, 9), "Madeup"))
        early = WantedNote("early", "sue", "ann", date(2026, 3, 9), "Madeup")
        with pytest.raises(WriteRefused):
            write_note(ann.own, ann.asker, NOW, early, TODAY)
    _write(noted, "ann", "deputy", "sue", "ann", date(2026, 3, 11))
    assert read_by(noted, "ann") == {"deputy"} and read_by(noted, "sue") == {"old", "new", "deputy"}
    with opened(noted, "sue") as sue:
        by = {one.supervisor.worker_id: one.supervisor.handle for one in sue.supervision_notes().pairs}
        sue.open_supervision_notes("e" * 32, by["ann"])
    assert read_by(noted, "ann") == {"old", "new", "deputy"}


def test_whoever_supervised_somebody_writes_no_note_of_a_day_after_it_ended(noted: Database) -> None:
    late = WantedNote("late", "sue", "zoe", CHANGED, "Madeup")
    with opened(noted, "zoe") as zoe:
        with pytest.raises(KeyworkerError, match="did not supervise"):
            zoe.write_supervision_note(late)
        with pytest.raises(WriteRefused):
            write_note(zoe.own, zoe.asker, NOW, late, TODAY)


READ = {
    "sue": {"old", "new"},
    "zoe": {"old"},
    "pat": {"new", "own"},
    "mo": {"new", "own"},
    "di": {"own"},
    "ann": set(),
    "cover": set(),
}
"""A past supervisor keeps what they were part of; a new one does not inherit it; cover opens nothing."""


@pytest.mark.parametrize("door", [Door.PAGE, Door.COMMAND, Door.PYTHON])
@pytest.mark.parametrize("account", READ)
def test_a_note_is_read_by_the_two_who_held_it_and_the_supervisors_manager(
    noted: Database, account: str, door: Door
) -> None:
    assert read_by(noted, account, door) == READ[account]


@pytest.mark.parametrize("role", roles())
def test_no_role_over_the_whole_service_opens_a_note_by_itself(noted: Database, role: str) -> None:
    with opened(noted, f"everywhere.{role}") as door, pytest.raises((KeyworkerError, Refused)) as refused:
        door.supervision_notes()
    assert "Madeup" not in str(refused.value)


def test_whoever_keeps_the_machine_reads_no_note_for_that(noted: Database) -> None:
    from keyworker.access import Asker

    with noted.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        door = asking(Asker("keeper", "test", Door.COMMAND), connection, NOW)
        with pytest.raises(Refused):
            door.supervision_notes()


def test_a_worker_opens_earlier_notes_to_a_new_supervisor_and_closes_them_again(noted: Database) -> None:
    with opened(noted, "sue") as door:
        pat = handles_of(door.connection, HandleKind.WORKER, ["pat"])["pat"]
        zoe = handles_of(door.connection, HandleKind.WORKER, ["zoe"])["zoe"]
        with pytest.raises(KeyworkerError, match="does not supervise you today"):
            door.open_supervision_notes("o1", zoe)
        door.open_supervision_notes("o1", pat)
    assert read_by(noted, "pat") == {"old", "new", "own"}
    assert read_by(noted, "mo") == {"new", "own"}, "what is opened to a supervisor is not opened to their manager"
    with opened(noted, "sue") as door:
        door.close_supervision_notes("o1")
    assert read_by(noted, "pat") == READ["pat"]


def test_earlier_notes_close_by_themselves_when_the_supervision_ends(noted: Database) -> None:
    with opened(noted, "sue") as door:
        door.open_supervision_notes("o1", handles_of(door.connection, HandleKind.WORKER, ["pat"])["pat"])
    with noted.connect(DatabaseRole.LOADER, autocommit=True) as loader:
        from keyworker.record.writer import Act, end

        (entry,) = loader.execute(
            "select entry_id from record.supervision_line where worker_id = 'sue' and supervisor_id = 'pat'"
        ).fetchall()
        act = Act("ending", author="test", purpose="test", source="")
        end(loader, act, datetime(2026, 3, 20, 10, tzinfo=UTC), "supervision_line", entry[0], TODAY)
    assert read_by(noted, "pat") == READ["pat"], "the pair keeps its own"
    assert read_by(noted, "mo") == READ["mo"]


def test_the_worker_agrees_or_says_what_they_do_not_agree_with(noted: Database) -> None:
    with opened(noted, "pat") as door, pytest.raises(KeyworkerError, match="Only the worker"):
        door.answer_supervision_note("new", True, "")
    with opened(noted, "sue") as door:
        with pytest.raises(KeyworkerError, match="what you do not agree with"):
            door.answer_supervision_note("new", False, " ")
        door.answer_supervision_note("new", False, "I asked for Fridays off.")
    with opened(noted, "pat") as door:
        (note,) = (one for one in door.supervision_notes().notes if one.note_id == "new")
    assert (note.agreed, note.answer, note.answered_on) == (False, "I asked for Fridays off.", TODAY)


def test_what_the_worker_writes_the_worker_agrees_with(noted: Database) -> None:
    with opened(noted, "mo") as door:
        (note,) = (one for one in door.supervision_notes().notes if one.note_id == "own")
    assert (note.agreed, note.written_by.worker_id) == (True, "pat")


def test_only_whoever_wrote_a_note_withdraws_it_and_then_its_words_are_gone(noted: Database) -> None:
    with opened(noted, "sue") as door, pytest.raises(KeyworkerError, match="Only whoever wrote"):
        door.withdraw_supervision_note("new", "It is wrong.")
    with opened(noted, "pat") as door:
        door.withdraw_supervision_note("new", "It was another worker's.")
    with opened(noted, "sue") as door:
        (note,) = (one for one in door.supervision_notes().notes if one.note_id == "new")
    assert (note.note, note.withdrawn_on, note.withdrawn_why) == ("", TODAY, "It was another worker's.")


@pytest.mark.parametrize("account", ["ann", "mo", "zoe"])
def test_nobody_writes_or_answers_or_withdraws_in_the_supervision_of_others(noted: Database, account: str) -> None:
    with opened(noted, account) as door:
        with pytest.raises(KeyworkerError):
            door.write_supervision_note(WantedNote("x", "sue", "pat", TODAY, "Words"))
        for ask in (
            lambda: door.answer_supervision_note("new", True, ""),
            lambda: door.withdraw_supervision_note("new", "why"),
        ):
            with pytest.raises(KeyworkerError):
                ask()


def test_a_note_of_others_and_one_that_nobody_has_are_answered_alike(noted: Database) -> None:
    with opened(noted, "ann") as door:
        said = []
        for number in ("new", "none-such"):
            with pytest.raises(NotKnown) as unknown:
                door.withdraw_supervision_note(number, "why")
            said.append(str(unknown.value))
    assert said[0] == said[1]


def test_each_reading_is_in_the_access_log_under_the_worker_whose_notes_they_are(noted: Database) -> None:
    read_by(noted, "mo")
    with noted.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        handles = handles_of(connection, HandleKind.WORKER, ["sue", "pat"])
        last = connection.execute(
            "select kind, handles, account, role from record.access_log where route = 'supervision notes'"
            " order by log_id desc limit 1"
        ).fetchone()
    assert last == ("worker", sorted(handles.values()), "mo", "team manager")


def test_no_file_is_loaded_as_notes_and_no_whole_table_holds_them(noted: Database) -> None:
    from keyworker.facts.frames import frames
    from keyworker.facts.moment import Moment
    from keyworker.intake.headings import of_pack
    from keyworker.vocabulary import TABLES

    for name in ("supervision_note", "supervision_opening"):
        assert of_pack(TABLES[name].column_names, f"{name}.csv") is None
    with noted.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        assert not {"supervision_note", "supervision_opening"} & set(frames(connection, Moment(TODAY)))
    for role in (DatabaseRole.LOADER, DatabaseRole.SNAPSHOT):
        with noted.connect(role, autocommit=True) as connection:
            may = connection.execute("select has_table_privilege('record.supervision_note', 'select')").fetchone()
            assert may == (False,)


@pytest.mark.parametrize(
    ("on", "words", "field"),
    [
        (None, "Words", "happened_on"),
        (date(2026, 3, 21), "Words", "happened_on"),
        (date(2025, 3, 18), "Words", "happened_on"),
        (TODAY, "  ", "note"),
        (TODAY, "x" * (LONGEST_NOTE + 1), "note"),
    ],
)
def test_a_note_needs_its_day_and_its_words(on: date | None, words: str, field: str) -> None:
    assert set(problems(WantedNote("n", "sue", "pat", on, words), TODAY)) == {field}


@pytest.mark.parametrize("on", [TODAY, date(2025, 3, 19)])
def test_a_supervision_of_the_last_year_can_be_written_up(on: date) -> None:
    assert problems(WantedNote("n", "sue", "pat", on, "Words"), TODAY) == {}
