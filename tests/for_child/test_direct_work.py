"""Direct work at a visit, through the real door, on the service of the access tests. Today is 20 March 2026.

The child `own` is with Pat, by whom the social worker and the team manager sign in; `team` is with Ann of the team.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.direct_work import WantedWork, problems
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.direct_work import NOT_SHOWN, SHOWN, WORKER_ALONE
from keyworker.intake.attached import Unclean
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, append
from keyworker.record.writer.erasure import erase
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, TODAY, told
from tests.access.restricting import handle
from tests.servers.asking import asking
from tests.servers.started import Database, Server
from tests.web.made_direct_work import picture

AMY = {"account": "amy", "role": "social worker", "scope": "all", "worker_id": "ann", "from_on": BEGAN}
VISITED = date(2026, 3, 16)
WANTED = WantedWork("1" * 32, "drawing", "To say what home is like.", SHOWN, VISITED, "", "I sleep.", picture())


def note(visit: str, child: str, words: str) -> dict[str, Any]:
    return {"visit_id": visit, "child_id": child, "together_id": visit, "visit_kind": "cp", "happened_on": VISITED,
            "words": words}  # fmt: skip


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, role_holding=[AMY])
    notes = [
        note("v1", "own", "Drew a house."), note("v2", "own", "Withdrew to her room."), note("v3", "own", "Played."),
        note("v4", "team", "We made a drawing."), note("v5", "all", "A photo."),
    ]  # fmt: skip
    with made.connect(DatabaseRole.APPLICATION) as keeper:
        append(keeper, Act("entry", "pat", "test", "keyworker"), NOW, {"visit_note": notes})
    yield made
    embedded_server.drop(made)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@contextmanager
def door(record: Database, home: Path, account: str = "social.worker") -> Iterator[Keyworker]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, TODAY, purpose="test", door=Door.PAGE)
        yield asking(asker, connection, NOW, home)


def test_a_drawing_is_attached_at_a_visit_sealed_with_both_times_and_opened_as_the_child_agrees(
    record: Database, home: Path
) -> None:
    with door(record, home) as on:
        child = handle(on, "own")
        on.attach(child, "v1", WANTED)
        with pytest.raises(AlreadyRecorded):
            on.attach(child, "v1", WANTED)
        for other in (replace(WANTED, content=picture(size=(9, 9))), replace(WANTED, purpose="Another purpose.")):
            with pytest.raises(SentOtherwise, match="says something else"):
                on.attach(child, "v1", other)
        (one,) = on.direct_work(child)
        found = on.open_work(child, one.work_id)
    assert (one.happened_on, one.agreement, one.media, one.changed) == (VISITED, SHOWN, "image/png", "I sleep.")
    assert one.written_at >= NOW and one.written_by == "social.worker" and one.bytes == len(found.content)
    assert found.content.startswith(b"\x89PNG")
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        (sealed,) = (
            owner.execute("select sealed from record.attached where work_id = %s", (one.work_id,)).fetchone() or ()
        )
        routes = owner.execute("select count(*) from record.access_log where purpose = 'open direct work'").fetchone()
    assert found.content not in bytes(sealed) and b"PNG" not in bytes(sealed)
    assert routes == (1,), "that it was opened is logged"


def test_what_the_worker_alone_may_open_opens_to_nobody_else_and_what_the_child_takes_back_to_nobody(
    record: Database, home: Path
) -> None:
    alone = replace(WANTED, work_id="2" * 32, agreement=WORKER_ALONE)
    with door(record, home, "amy") as on:
        child = handle(on, "team")
        on.attach(child, "v4", alone)
        assert on.open_work(child, alone.work_id).media == "image/png"
    with door(record, home, "team.manager") as manager:
        assert len(manager.direct_work(child)) == 1
        with pytest.raises(Refused, match="does not agree"):
            manager.open_work(child, alone.work_id)
        for wider in (SHOWN, WORKER_ALONE):
            if wider == WORKER_ALONE:
                manager.agree_work(child, alone.work_id, NOT_SHOWN, TODAY)
            with pytest.raises(KeyworkerError, match="only whoever attached it"):
                manager.agree_work(child, alone.work_id, wider, TODAY)
        with pytest.raises(Refused, match="does not agree"):
            manager.open_work(child, alone.work_id)
    with door(record, home, "amy") as on:
        with pytest.raises(Refused, match="does not agree"):
            on.open_work(child, alone.work_id)
        with pytest.raises(KeyworkerError, match="before the visit"):
            on.agree_work(child, alone.work_id, SHOWN, date(2026, 3, 15))
        with pytest.raises(KeyworkerError, match="since that day"):
            on.agree_work(child, alone.work_id, SHOWN, date(2026, 3, 19))
        on.agree_work(child, alone.work_id, SHOWN, TODAY)
    with door(record, home, "team.manager") as manager:
        assert manager.open_work(child, alone.work_id).media == "image/png", "by whoever attached it, it is widened"


def test_who_does_not_work_with_the_child_neither_sees_nor_attaches_nor_reads_what_is_sealed(
    record: Database, home: Path
) -> None:
    for account in ("quality.assurance", "inspector", "conference.chair", "workforce"):
        with door(record, home, account) as on:
            child = handle(on, "own")
            for ask in (lambda: on.direct_work(child), lambda: on.attach(child, "v1", WANTED)):  # noqa: B023
                with pytest.raises(Refused):
                    ask()
    with door(record, home) as on, pytest.raises(Refused):
        on.attach(handle(on, "all"), "v5", replace(WANTED, work_id="3" * 32))
    with (
        record.connect(DatabaseRole.SERVICE, autocommit=True) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute("select sealed from record.attached")


def test_what_cannot_be_cleaned_leaves_nothing_behind_and_another_key_opens_nothing(
    record: Database, home: Path
) -> None:
    with door(record, home) as on:
        child = handle(on, "own")
        before = len(on.direct_work(child))
        with pytest.raises(Unclean, match="MP3"):
            on.attach(child, "v3", replace(WANTED, work_id="4" * 32, content=b"ID3" + b"\0" * 99))
        assert len(on.direct_work(child)) == before
        on.attach(child, "v3", replace(WANTED, work_id="5" * 32))
    (home / "attached.key").unlink()
    with door(record, home) as on, pytest.raises(KeyworkerError, match="another key"):
        on.open_work(child, "5" * 32)


def test_a_visit_that_mentions_a_drawing_of_which_nothing_is_attached_is_found_by_those_who_work_with_the_child(
    record: Database, home: Path
) -> None:
    notes = [note("v6", "own", "She drew her nan."), note("v7", "all", "A photo."), note("v8", "own", "Withdrew.")]
    with record.connect(DatabaseRole.APPLICATION) as keeper:
        append(keeper, Act("entry", "pat", "test", "keyworker"), NOW, {"visit_note": notes})
    with door(record, home) as on:
        child = handle(on, "own")
        assert [
            one.one.visit_id for one in on.nothing_attached() if one.handle == child and one.one.visit_id > "v5"
        ] == ["v6"]
        assert "v7" not in {one.one.visit_id for one in on.nothing_attached()}
        on.attach(child, "v8", replace(WANTED, work_id="6" * 32, content=None))
        assert {"v6", "v8"} <= {one.one.visit_id for one in on.nothing_attached()}, "written down, and nothing attached"
        on.attach(child, "v6", replace(WANTED, work_id="7" * 32))
        assert "v6" not in {one.one.visit_id for one in on.nothing_attached()}


def test_an_erasure_takes_what_is_attached_with_it_and_nothing_else_takes_it_away(record: Database, home: Path) -> None:
    with door(record, home) as on:
        child = handle(on, "own")
        on.attach(child, "v3", replace(WANTED, work_id="8" * 32))
        entry = next(one.entry_id for one in on.direct_work(child) if one.work_id == "8" * 32)
    with record.connect(DatabaseRole.OWNER) as owner:
        for asked in ("delete from record.attached", "update record.attached set key_name = 'x'"):
            with pytest.raises(psycopg.errors.RestrictViolation), owner.transaction():
                owner.execute(asked.encode())
    kept = "select count(*) from record.attached where work_id = %s"
    with record.connect(DatabaseRole.APPLICATION) as keeper:
        act = Act("erasure", "keeper", "test")
        erase(keeper, act, NOW, "direct_work", [entry], "The child asked for it.", ("one person", "another"))
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        assert owner.execute(kept, ("8" * 32,)).fetchone() == (0,)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"kind": ""}, {"kind"}),
        ({"purpose": " "}, {"purpose"}),
        ({"agreement": ""}, {"agreement"}),
        ({"agreement": NOT_SHOWN}, {"agreement"}),
        ({"agreed_on": None}, {"agreed_on"}),
        ({"agreed_on": date(2026, 3, 21)}, {"agreed_on"}),
        ({"changed": "x" * 2001}, {"changed"}),
    ],
)
def test_without_the_childs_agreement_nothing_is_attached(changed: dict[str, Any], wrong: set[str]) -> None:
    assert set(problems(replace(WANTED, **changed), TODAY)) == wrong
