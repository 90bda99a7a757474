"""Copies for the child or the family: what they say, what stays behind, and who must look before they go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Audience, Reach
from keyworker.actions import Keyworker, exports
from keyworker.actions.copies import Section, WantedCopy
from keyworker.actions.for_child import Words
from keyworker.actions.leaving import MORE, is_meant, let_out
from keyworker.actions.pieces import Piece
from keyworker.cli import app
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.restricting import restricted
from tests.clocks.made import tell
from tests.leaving.made import NOW, TODAY, asker, manager, rows, wanted
from tests.servers.asking import asking
from tests.servers.started import Database
from tests.web.made_markers import markers

MOTHER = Audience(Reach.NAMED, "mother", "Mary Unreal")
FATHER = Audience(Reach.NAMED, "father", "Fred Testwood")


@pytest.fixture
def record(as_database_url: Database) -> Database:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        tell(loader, rows(), now=NOW - timedelta(days=1))
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def _door(
    connection: psycopg.Connection, home: Path, who: Asker | None = None, later: timedelta = timedelta()
) -> Keyworker:
    return asking(who or asker(), connection, NOW + later, home)


def _handle(connection: psycopg.Connection, child: str = "ash") -> str:
    return handles_of(connection, HandleKind.CHILD, [child])[child]


def _copy(**changed: Any) -> WantedCopy:
    said: dict[str, Any] = {
        "copy_id": uuid4().hex, "relation": "mother", "person": "Mary Unreal", "purpose": "She asked who the worker is."
    }  # fmt: skip
    return WantedCopy(**(said | changed))


def test_a_copy_says_who_the_worker_is_who_it_was_who_came_and_what_comes_next(
    connection: psycopg.Connection, home: Path
) -> None:
    looked = _door(connection, home).look(_handle(connection), _copy(with_family=True))
    # Seen on Monday 2 March 2026; ten working days after it is Monday 16 March, which has passed on the 20th.
    assert looked.copy.sections == [
        ("The worker now", ["Ashby Fictional’s worker is Ann Madeup, since 2 February 2026.", "The team is Fen 1."]),
        (
            "Workers before",
            [
                "Ashby Fictional’s workers since 5 January 2026: 2 in all.",
                "Bea Madeup, from 5 January 2026 to 1 February 2026.",
            ],
        ),
        ("Who came, in the last year", ["2 March 2026: Ann Madeup came and saw Ashby Fictional."]),
        ("What comes next", ["Somebody should have seen Ashby Fictional by 16 March 2026."]),
        ("Brothers and sisters", ["Bexley Fictional’s worker is Ann Madeup."]),
    ]
    assert not looked.needs_second and looked.let_out.left_out == () and looked.let_out.cautions == ()


def test_the_child_is_spoken_to_as_you(connection: psycopg.Connection, home: Path) -> None:
    looked = _door(connection, home).look(_handle(connection), _copy(relation="child", person="Ashby Fictional"))
    assert looked.copy.title == "Your workers"
    assert "Your worker is Ann Madeup, since 2 February 2026." in looked.copy.text
    assert "Ann Madeup came and saw you." in looked.copy.text


def test_the_page_for_the_child_keeps_back_what_the_child_must_not_be_told_and_leaves_as_a_copy_of_the_same_words(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash = _door(connection, home), _handle(connection)
    # Ashby is eleven, so the fuller words: the team stands in them.
    page = door.for_child(ash)
    assert (page.words, page.looked.copy.title) == (Words.TEENAGER, "Your workers")
    assert "Their team is Fen 1." in page.looked.copy.text and "by 16 March 2026. We are late." in page.looked.copy.text
    assert "The council has not written here" in page.looked.copy.text
    door.mark(ash, wanted(told_to="anyone outside"))
    door.mark(ash, wanted(row=None, kind="fact", value="Bea Madeup", told_to="anyone outside", why="other danger"))
    kept = door.for_child(ash, "young child")
    assert kept.words is Words.YOUNG and "Fen 1" not in door.for_child(ash).looked.copy.text
    assert "Bea" not in kept.looked.copy.text and len(kept.looked.let_out.left_out) == 1
    copy = _copy(relation="child", person="Ashby Fictional", words="young child")
    looked = door.look(ash, copy)
    assert looked.copy.pieces == kept.looked.copy.pieces and looked.needs_second
    door.ask_copy(ash, copy, looked.copy.contents)
    (asked,) = door.copies(ash)
    assert (asked.words, asked.handle) == ("young child", ash)
    second = _door(connection, home, manager(), timedelta(hours=1))
    second.answer_copy(ash, copy.copy_id, looked.copy.contents, "It names no place.", agrees=True)
    assert _door(connection, home, later=timedelta(hours=2)).give_copy(ash, copy.copy_id).text == looked.copy.text


def test_a_marked_address_holds_back_the_teams_name_and_whatever_the_sender_wrote_of_it(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash = _door(connection, home), _handle(connection)
    door.mark(ash, wanted())
    note = "We will meet at the school gate.\nYou can post it to Quillberry Ln.\nAsk for zz1 2ab."
    looked = door.look(ash, _copy(relation="father", person="Fred Fictional", note=note))
    left = [(one.what, one.text) for one in looked.let_out.left_out]
    assert left == [
        ("The worker now", "The team is Fen 1."),
        ("From the service", "You can post it to Quillberry Ln."),
        ("From the service", "Ask for zz1 2ab."),
    ]
    assert {one.why for one in looked.let_out.left_out} >= {
        "An address must not be told to Fred Fictional (father): safe address."
    }
    assert "We will meet at the school gate." in looked.copy.text
    for told in ("Quillberry", "zz1", "Fen 1"):
        assert told not in looked.copy.text
    assert looked.needs_second
    assert any("A worker can be looked up" in one for one in looked.let_out.cautions)


def test_an_earlier_value_of_a_marked_row_stays_behind_too(
    record: Database, connection: psycopg.Connection, home: Path
) -> None:
    door, ash = _door(connection, home), _handle(connection)
    door.mark(ash, wanted(row=("address", "AD1"), told_to="anyone outside"))
    looked = door.look(ash, _copy(note="She is back in Oldberry Road."))
    assert [one.text for one in looked.let_out.left_out] == ["The team is Fen 1.", "She is back in Oldberry Road."]


def test_what_is_marked_of_a_brother_is_held_back_from_the_childs_copy(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash, bex = _door(connection, home), _handle(connection), _handle(connection, "bex")
    door.mark(bex, wanted(row=None, kind="school", value="Fernbank Primary", told_to="anyone outside"))
    looked = door.look(ash, _copy(note="Bexley likes Fernbank."))
    assert looked.needs_second
    assert "Bexley likes Fernbank." in [one.text for one in looked.let_out.left_out]


def test_what_is_marked_of_a_brother_out_of_sight_is_held_back_and_nothing_of_him_is_told(
    record: Database, connection: psycopg.Connection, home: Path
) -> None:
    door, ash, bex = _door(connection, home), _handle(connection), _handle(connection, "bex")
    door.mark(bex, wanted(row=None, kind="school", value="Fernbank Primary", person="Fabian Fictional"))
    restricted(record, "bex", "nobody.here")
    looked = _door(connection, home).look(ash, _copy(note="He likes Fernbank."))
    assert looked.needs_second and "Fernbank" not in looked.leaving.text
    assert "He likes Fernbank." in looked.copy.text, "or they would find out by typing it"
    assert looked.let_out.left_out == () and looked.let_out.cautions == (MORE,)
    assert "Fabian" not in repr(looked) and "safe address" not in repr(looked)


def test_a_copy_that_could_only_be_headed_by_a_marked_name_is_not_made(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash = _door(connection, home), _handle(connection)
    door.mark(ash, wanted(row=None, kind="name", value="Ashby Fictional", told_to="anyone outside", why="adoption"))
    with pytest.raises(KeyworkerError, match="must not be told to them") as refused:
        door.look(ash, _copy())
    assert "Ashby" not in str(refused.value)


def test_a_marked_worker_is_named_nowhere_in_the_copy(connection: psycopg.Connection, home: Path) -> None:
    door, ash = _door(connection, home), _handle(connection)
    door.mark(ash, wanted(row=None, kind="fact", value="Bea Madeup", told_to="anyone outside", why="other danger"))
    looked = door.look(ash, _copy())
    assert "Bea" not in looked.copy.text and len(looked.let_out.left_out) == 1


@pytest.mark.parametrize(
    ("audience", "is_for"),
    [
        (FATHER, True),
        (Audience(Reach.NAMED, "father", "Another Name"), True),
        (Audience(Reach.NAMED, "grandparent", "Gail Testwood"), True),
        (Audience(Reach.NAMED, "somebody else", "Sam Unreal"), True),
        (MOTHER, False),
    ],
)
def test_what_one_person_must_not_be_told_is_held_back_from_whoever_could_be_that_person(
    audience: Audience, is_for: bool
) -> None:
    address, placement, _ = markers()
    assert is_meant(address, audience) is is_for
    assert is_meant(placement, audience), "what nobody outside may be told is held back from everybody"
    assert not is_meant(placement, Audience(Reach.INSIDE))


def test_a_copy_for_somebody_else_warns_that_it_may_still_tell_the_one_who_must_not_know() -> None:
    address, *_ = markers()
    out = let_out([Piece(Section.NOTE, "At Quillberry Lane.", "c1")], [address], MOTHER)
    assert len(out.pieces) == 1
    assert "give it only where that person cannot see it" in " ".join(out.cautions)


def test_without_anything_marked_a_copy_goes_at_once_and_is_listed(connection: psycopg.Connection, home: Path) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.ask_copy(ash, copy, door.look(ash, copy).copy.contents)
    given = door.give_copy(ash, copy.copy_id)
    assert "Ann Madeup" in given.text
    (one,), _ = exports.listed(home)
    assert (one.what, one.for_whom, one.identifying) == ("copy", "a person outside (mother)", True)
    assert "Ashby" not in one.files[0].path and "Mary" not in str(one)


def test_with_anything_marked_it_waits_for_a_second_person_who_is_never_the_first(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.mark(ash, wanted())
    looked = door.look(ash, copy)
    door.ask_copy(ash, copy, looked.copy.contents)
    with pytest.raises(KeyworkerError, match="has not answered"):
        door.give_copy(ash, copy.copy_id)
    with pytest.raises(Refused):
        door.waiting()
    again = _door(connection, home, asker("ann.as.manager", "team manager", "ann"))
    assert again.waiting() == []
    for own in (door, again):
        with pytest.raises(Refused, match="another person"):
            own.answer_copy(ash, copy.copy_id, looked.copy.contents, "Fine.", agrees=True)
    second = _door(connection, home, manager(), timedelta(hours=1))
    (waits,) = second.waiting()
    one, seen, _ = second.look_again(ash, waits.copy_id)
    assert seen.copy == looked.copy and one.left_out == len(looked.let_out.left_out)
    second.answer_copy(ash, copy.copy_id, seen.copy.contents, "It names no place.", agrees=True)
    assert second.waiting() == []
    later = _door(connection, home, later=timedelta(hours=2))
    assert later.give_copy(ash, copy.copy_id).text == looked.copy.text
    with pytest.raises(KeyworkerError, match="waits for no answer"):
        second.answer_copy(ash, copy.copy_id, seen.copy.contents, "Again.", agrees=True)


def test_a_copy_that_was_refused_does_not_go_and_says_who_said_no_and_why(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.mark(ash, wanted())
    door.ask_copy(ash, copy, door.look(ash, copy).copy.contents)
    second = _door(connection, home, manager(), timedelta(hours=1))
    second.answer_copy(ash, copy.copy_id, "", "Ann can be looked up.", agrees=False)
    with pytest.raises(KeyworkerError, match=r"max.madeup said no: Ann can be looked up\."):
        door.give_copy(ash, copy.copy_id)


def test_what_is_marked_after_it_was_agreed_stops_a_copy(connection: psycopg.Connection, home: Path) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.ask_copy(ash, copy, door.look(ash, copy).copy.contents)
    _door(connection, home, later=timedelta(hours=1)).mark(ash, wanted(told_to="anyone outside"))
    with pytest.raises(KeyworkerError, match="has changed since"):
        _door(connection, home, later=timedelta(hours=2)).give_copy(ash, copy.copy_id)


def test_something_marked_since_also_makes_a_copy_wait_that_needed_nobody(
    connection: psycopg.Connection, home: Path
) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.ask_copy(ash, copy, door.look(ash, copy).copy.contents)
    # Marked against somebody else, so that the words of the copy stay as they were.
    _door(connection, home, later=timedelta(hours=1)).mark(ash, wanted())
    with pytest.raises(KeyworkerError, match="marked since"):
        _door(connection, home, later=timedelta(hours=2)).give_copy(ash, copy.copy_id)


def test_what_comes_to_be_known_later_does_not_change_an_agreed_copy_and_old_ones_do_not_go(
    record: Database, connection: psycopg.Connection, home: Path
) -> None:
    door, ash, copy = _door(connection, home), _handle(connection), _copy()
    door.ask_copy(ash, copy, (looked := door.look(ash, copy)).copy.contents)
    visit = {"cp_visit_id": "v2", "child_id": "ash", "happened_on": date(2026, 3, 19), "worker_id": "ann", "seen": True}
    with record.connect(DatabaseRole.LOADER) as loader:
        append(loader, Act("load", "Analyst", "later", "ssd"), NOW + timedelta(hours=1), {"cp_visits": [visit]})
    assert _door(connection, home, later=timedelta(days=2)).give_copy(ash, copy.copy_id).text == looked.copy.text
    with pytest.raises(KeyworkerError, match="more than 14 days ago"):
        _door(connection, home, later=timedelta(days=15)).give_copy(ash, copy.copy_id)


def test_what_was_not_looked_at_cannot_be_asked_for(connection: psycopg.Connection, home: Path) -> None:
    door, ash = _door(connection, home), _handle(connection)
    with pytest.raises(KeyworkerError, match="has changed since"):
        door.ask_copy(ash, _copy(), "0" * 64)


def test_an_adopted_child_has_no_family_in_a_copy(record: Database, connection: psycopg.Connection, home: Path) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        gone = {"permanence_id": "x1", "child_id": "bex", "permanence_order_type": "Adoption order"}
        append(loader, Act("load", "Analyst", "adoption", "ssd"), NOW - timedelta(hours=1), {"permanence": [gone]})
    looked = _door(connection, home).look(_handle(connection), _copy(with_family=True))
    assert "Bexley" not in looked.copy.text


def test_each_look_at_a_copy_is_logged_with_the_child(connection: psycopg.Connection, home: Path) -> None:
    ash = _handle(connection)
    _door(connection, home).look(ash, _copy())
    found = connection.execute("select handles from record.access_log where route = 'copies'").fetchall()
    assert [one[0] for one in found] == [[ash]]


def test_the_moment_of_a_copy_is_the_day_on_which_it_was_asked_for(connection: psycopg.Connection, home: Path) -> None:
    assert _door(connection, home).look(_handle(connection), _copy()).copy.at == Moment(TODAY).at


def _run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_commands_show_ask_list_and_give_and_let_nobody_answer_their_own(
    record: Database, connection: psycopg.Connection, tmp_path: Path
) -> None:
    asked = ("ask-copy", "ash", "--relation", "father", "--person", "Fred Fictional", "--purpose", "He asked.")
    assert "Nothing was asked for" in _run(*asked)
    number = _run(*asked, "--yes").split("Asked for as ")[1].split(".")[0]
    out = tmp_path / "copy.txt"
    _run("give-copy", "ash", number, "--out", str(out))
    assert "Ann Madeup" in out.read_text() and (out.stat().st_mode & 0o777) == 0o600
    _run("mark", "--child", "ash", "--row", "address:AD2", "--why", "safe address", "--said-by", "Family court")
    shown = _run(*asked, "--note", "At Quillberry Lane.", "--yes")
    assert "Left out (From the service): At Quillberry Lane." in shown and "A second person" in shown
    waits = next(one for one in json.loads(_run("copies", "ash", "--json")) if one["state"] == "asked")
    assert "person" not in waits and waits["left_out"] == 2
    answer = ("answer-copy", "ash", waits["copy_id"], "--why", "Fine.", "--agree")
    result = CliRunner().invoke(app, list(answer))
    assert isinstance(result.exception, Refused) and "another person" in str(result.exception)
