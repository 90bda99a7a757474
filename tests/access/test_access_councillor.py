"""A councillor's small numbers are left out by two guards, either of which is enough, and by the table itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from keyworker.access import Asker, Door, Thing, sight_of, who_may
from keyworker.access.scopes import Subject
from keyworker.access.sight import NOTHING
from keyworker.actions import Keyworker
from keyworker.actions.measures import reader_of
from keyworker.actions.questions import measures
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.moment import Moment
from keyworker.measures.guarding import EVERYTHING, NOBODYS, looked_over
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.access.made import NOW, TODAY, account, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server

DAY = date(2026, 2, 28)
ASKED = Asked((DAY,), ("district", "team"))


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    yield made
    embedded_server.drop(made)


@pytest.fixture
def door(record: Database) -> Iterator[Keyworker]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account("councillor"), TODAY, purpose="test", door=Door.PAGE)
        yield asking(asker, connection, NOW)


def test_a_councillor_is_shown_no_number_from_one_to_five(door: Keyworker) -> None:
    """The made-up service has five open children: two with t1, one with t2, two with t3."""
    rows = door.measure("open-children", ASKED)
    assert rows and all(row.suppressed and row.numerator is None for row in rows)


def test_where_the_first_guard_lets_everything_through_the_second_shows_nothing(
    door: Keyworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(definition: Any, asked: Any, rows: Any, reader: Any, count: Any) -> list[MeasureRow]:
        return list(rows)

    monkeypatch.setattr(measures, "guarded", broken)
    with pytest.raises(Refused, match="so small that it might show somebody") as refused:
        door.measure("open-children", ASKED)
    assert not any(one.isdigit() for one in refused.value.what)
    with pytest.raises(Refused):
        door.areas(Moment(DAY))


def test_a_councillor_answers_for_nothing_whatever_the_role_is_held_over(door: Keyworker) -> None:
    assert reader_of(door.connection, door.asker) == NOBODYS


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(1, None, False), (5, None, False), (6, None, True), (0, None, True), (20, 24, False), (20, 26, True)],
)
def test_the_second_look_knows_a_small_number_and_what_is_left_over(
    numerator: int, denominator: int | None, shown: bool
) -> None:
    definition = shipped().definition("open-children")
    row = MeasureRow(definition.name, {}, DAY, None, numerator, denominator, float(numerator))
    assert looked_over(definition, [row], EVERYTHING) == [row]
    if shown:
        assert looked_over(definition, [row], NOBODYS) == [row]
    else:
        with pytest.raises(Refused):
            looked_over(definition, [row], NOBODYS)


def test_the_table_opens_to_a_councillor_nothing_about_anybody() -> None:
    asker = Asker("councillor", "test", Door.PAGE)
    about = [thing for thing, row in who_may().items() if row.about is not Subject.NOBODY]
    assert about and all(who_may()[one].cell("councillor").scope == "none" for one in about)
    assert all(sight_of(asker, one) == NOTHING for one in about)
    assert who_may()[Thing.MEASURES].cell("councillor").scope == "none"
