"""A sign-in opens so many children in a day and carries so many away, and no more; whoever reviews sees a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from keyworker.access import INSIDE, Asker, Door
from keyworker.actions import Keyworker
from keyworker.actions.exports import listed
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, setting, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    """The made-up service, in which two children may be opened in a day."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(
            loader,
            setting=[
                setting("children opened in a day", "2"),
                setting("children carried away in a day", "3"),
                setting("children carried away in a day", "2", "Quality.Assurance"),
                setting("files carried away in a day", "2"),
            ],
        )
    yield made
    embedded_server.drop(made)


def opened(record: Database, account: str, now: datetime = NOW, door: Door = Door.PAGE) -> Keyworker:
    """The record as somebody who has signed in opens it anew for each page, or by another door."""
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as service:
        asker, _ = signed_in(service, account, TODAY, purpose="test", door=door)
        return asking(asker, service, now)


def handle_of(door: Keyworker, child: str) -> str:
    return handles_of(door.connection, HandleKind.CHILD, [child])[child]


def log_of(record: Database, account: str, since: datetime) -> list[tuple[str, int]]:
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        said = "select route, count from record.access_log where account = %s and at >= %s order by log_id"
        return owner.execute(said, (account, since)).fetchall()


def takes(record: Database, account: str, children: Sequence[str], now: datetime, home: Path) -> None:
    """Take a list of some children as a file, as a page gives it."""
    door = opened(record, account, now)
    door.home = home
    carried = [handle_of(door, child) for child in children]
    door.downloaded("page: test", "test.csv", b"made up", identifying=True, for_whom=INSIDE, children=carried)


def reads(record: Database, account: str, child: str, now: datetime = NOW) -> str:
    door = opened(record, account, now)
    handle = handles_of(door.connection, HandleKind.CHILD, [child])[child]
    return door.child(handle, Moment(now.date())).handle


def test_one_child_more_than_a_day_allows_is_refused_with_what_to_do_and_the_log_says_so(record: Database) -> None:
    for child in ("own", "team", "own", "team"):
        assert reads(record, "director", child)
    with pytest.raises(Refused) as refused:
        reads(record, "director", "all")
    assert "2" in refused.value.what and "children opened in a day" in refused.value.remedy
    assert reads(record, "director", "own"), "what was opened today stays open"
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        said = owner.execute("select route, handles from record.access_log where account = 'director'").fetchall()
    assert [row for row in said if row[0].startswith("not given")] == [("not given: child, by the day's limit", [])]
    assert reads(record, "director", "all", NOW + timedelta(days=1)), "another day begins anew"
    assert reads(record, "quality.assurance", "all"), "another sign-in has a day of its own"


def test_the_limit_tells_nothing_of_a_child_whom_one_may_not_see(record: Database) -> None:
    later = NOW + timedelta(days=2)
    for child in ("own", "team"):
        assert reads(record, "team.manager", child, later)
    with pytest.raises(NotKnown):
        reads(record, "team.manager", "all", later)


def test_the_page_for_the_child_counts_too_and_a_systems_own_account_is_not_held(record: Database) -> None:
    later = NOW + timedelta(days=3)
    for child in ("own", "team"):
        assert reads(record, "quality.assurance", child, later)
    door = opened(record, "quality.assurance", later)
    handle = handles_of(door.connection, HandleKind.CHILD, ["all"])["all"]
    with pytest.raises(Refused):
        door.own_words(handle)
    door.is_of_system = True
    assert door.child(handle, Moment(later.date())).handle == handle


def test_many_small_files_carry_no_more_children_away_than_one_large_file_and_a_file_more_is_refused_too(
    record: Database, tmp_path: Path
) -> None:
    later = NOW + timedelta(days=4)
    takes(record, "director", ["own", "team"], later, tmp_path)
    with pytest.raises(Refused) as children:
        takes(record, "director", ["district", "all"], later, tmp_path)
    assert "3 children" in children.value.what and "children carried away in a day" in children.value.remedy
    takes(record, "director", ["team", "all"], later, tmp_path)  # three children in all: one of them was taken already
    with pytest.raises(Refused) as files:
        takes(record, "director", ["own"], later, tmp_path)
    assert "2 files" in files.value.what and "files carried away in a day" in files.value.remedy
    stopped = ("not given: file, by the day's limit", 0)
    assert log_of(record, "director", later) == [("file", 2), stopped, ("file", 2), stopped]
    assert len(listed(tmp_path)[0]) == 2, "what was refused is not among what left"
    assert reads(record, "director", "own", later), "a page shows it still"
    takes(record, "director", ["own", "team", "district"], later + timedelta(days=1), tmp_path)


@pytest.mark.parametrize("door", [Door.API, Door.COMMAND, Door.PYTHON])
def test_a_token_of_ones_own_a_command_and_python_carry_away_what_a_file_does(
    record: Database, tmp_path: Path, door: Door
) -> None:
    later = NOW + timedelta(days=10 + list(Door).index(door))
    takes(record, "director", ["own", "team"], later, tmp_path)
    asker = opened(record, "director", later, door)
    with pytest.raises(Refused) as refused:
        asker.children(Moment(later.date()))  # of four
    assert "3 children" in refused.value.what
    assert log_of(record, "director", later)[-1] == ("not given: children, by the day's limit", 0)
    with pytest.raises(Refused):
        takes(record, "quality.assurance", ["own", "team", "all"], later, tmp_path)  # a sign-in with a limit of its own
    asker.is_of_system = True
    assert len(asker.children(Moment(later.date()))) > 3, "what is set for all does not hold another system"
    warehouse = opened(record, "quality.assurance", later, door)
    warehouse.is_of_system = True
    with pytest.raises(Refused, match="2 children"):
        warehouse.children(Moment(later.date()))


def test_a_list_on_a_page_is_not_counted_and_the_keeper_of_the_machine_is_not_held(
    record: Database, tmp_path: Path
) -> None:
    later = NOW + timedelta(days=20)
    assert len(opened(record, "director", later).children(Moment(later.date()))) > 3
    takes(record, "director", ["own", "team", "all"], later, tmp_path)
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as service:
        keeper = asking(Asker("keeper", "test", Door.COMMAND), service, later)
        for _ in range(3):
            assert len(keeper.children(Moment(later.date()))) > 3


def test_a_setting_that_says_no_number_is_said_to(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        told(loader, setting=[setting("children opened in a day", "few")])
    with pytest.raises(KeyworkerError) as wrong:
        reads(database, "director", "own")
    assert wrong.value.where == "the setting children opened in a day"
