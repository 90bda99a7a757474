"""A sign-in opens so many children in a day and no more; whoever reviews sees the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.questions.opened import NotKnown
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
        told(loader, setting=[setting("children opened in a day", "2")])
    yield made
    embedded_server.drop(made)


def opened(record: Database, account: str, now: datetime = NOW) -> Keyworker:
    """The record as somebody who has signed in opens it anew for each page."""
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as service:
        asker, _ = signed_in(service, account, TODAY, purpose="test", door=Door.PAGE)
        return asking(asker, service, now)


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


def test_a_setting_that_says_no_number_is_said_to(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        told(loader, setting=[setting("children opened in a day", "few")])
    with pytest.raises(KeyworkerError) as wrong:
        reads(database, "director", "own")
    assert wrong.value.where == "the setting children opened in a day"
