"""Open duties kept in the database for today's screens: when each began and is due, never its state.

They are worked out whole after a load and after midnight, and anew for the children whom a small act touches, in the
transaction of that act. They stand for one day, after one act, by one rulebook; at any other they are not believed.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.abc import Traversable
from importlib.resources import files

import polars as pl
import psycopg
from psycopg import ClientCursor

from keyworker.clocks.duties import Asked, duties_in_postgresql, duties_of_many
from keyworker.clocks.engine import dated_open, every_rule, ground_at
from keyworker.clocks.ground import counted_by
from keyworker.clocks.one_child import FEW, duties_to_few
from keyworker.clocks.readings import judged
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.clocks.touched import touched_by
from keyworker.facts.copying import copied
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import MANY
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import last_act

_KEPT: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_kind": pl.String,
    "subject": pl.String,
    "rule": pl.String,
    "started_on": pl.Date,
    "again": pl.Int8,
    "start_time": pl.Time,
    "edition": pl.Int16,
    "due_on": pl.Date,
    "stopped_on": pl.Date,
    "may_on": pl.Date,
    "agreed": pl.String,
    "excused": pl.String,
}
_ALONE = int.from_bytes(hashlib.sha256(b"kept.open_duty").digest()[:4])
"""The lock of whoever keeps or renews open duties: two at once would each find the other's rows not yet there."""
_ROOMS = ("keyworker.clocks", "keyworker.facts")
_NOT_MET: dict[str, pl.DataType | type[pl.DataType]] = {
    "met_on": pl.Date,
    "met_time": pl.Time,
    "met_entered_at": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True)
class People:
    """The open children and the workers whose duties are kept."""

    child_ids: Sequence[str]
    worker_ids: Sequence[str]


def is_kept(connection: psycopg.Connection, at: date) -> bool:
    """Whether the open duties of a day are kept, by all that is recorded and by the rulebook as it is."""
    return _kept_to(connection) == stands_on(connection, at)


def stands_on(connection: psycopg.Connection, at: date) -> tuple[int, str, date]:
    """What anything that is kept must have been worked out by to be believed: the last act, the rulebook, the day."""
    return _last(connection), rulebook_name(), at


def keep_all(connection: psycopg.Connection, at: date, people: People) -> int:
    """Work out the open duties of a day and keep them, in place of all that was kept. Gives how many there are.

    Takes   connection, in a transaction that sees one state of the record throughout.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", (_ALONE,))
    connection.execute("delete from kept.open_duty")
    kept = _work_out(connection, at, people)
    _note(connection, at)
    return kept


def renew(connection: psycopg.Connection, act_id: int) -> bool:
    """Work out anew the open duties of the children whom an act touched, in the transaction of that act.

    Gives   False where nothing was kept up to the act before it, the act touches more than a few, or the whole is being
            kept just now: the whole must then be made anew, and nobody believes what is kept meanwhile.
    """
    if not is_alone(connection):
        return False
    known = _kept_to(connection)
    if known is None or known[:2] != (before_act(connection, act_id), rulebook_name()):
        return False
    touched = touched_by(connection, act_id)
    if touched is None:
        return False
    people = People(*touched)
    if not people.child_ids and not people.worker_ids:
        _carry_on(connection, known[0], act_id)
    lens = lens_at(connection, Moment(known[2]))
    roots = dict.fromkeys([*map(lens.root, people.child_ids), *people.child_ids, *people.worker_ids])
    connection.execute("delete from kept.open_duty where subject = any(%s::text[])", (list(roots),))
    _work_out(connection, known[2], People(list(dict.fromkeys(map(lens.root, people.child_ids))), people.worker_ids))
    _note(connection, known[2])
    return True


def _work_out(connection: psycopg.Connection, at: date, people: People) -> int:
    moment = Moment(at)
    lens = lens_at(connection, moment)
    rulebook, local = counted_by(connection, moment)
    of_child, of_worker = rulebook.of(Subject.CHILD), rulebook.of(Subject.WORKER)
    count = 0
    if people.child_ids:
        asked = Asked(of_child, lens.of(people.child_ids), is_open=True, about=(Subject.CHILD,))
        find = duties_to_few if len(people.child_ids) <= FEW else duties_of_many
        count += _write(connection, dated_open(connection, find(connection, asked), asked, local), of_child)
    if people.worker_ids:
        workers = tuple(people.worker_ids)
        asked = Asked(of_worker, lens.on_workers, workers, is_open=True, about=(Subject.WORKER,))
        found = duties_in_postgresql(connection, asked)
        count += _write(connection, dated_open(connection, found, asked, local), of_worker)
    return count


def kept_open(connection: psycopg.Connection, at: date, people: People) -> tuple[pl.DataFrame, Rulebook] | None:
    """What nothing has met of the duties of some open children and workers, as `engine.open_readings` gives it.

    Gives   None where what is kept is not of this day and of all that is recorded.
    """
    if not is_kept(connection, at):
        return None
    ground = ground_at(connection, Moment(at))
    rulebook = ground.rulebook.of(Subject.CHILD, Subject.WORKER)
    found = _read(connection, people)
    numbers = pl.DataFrame(
        {"rule": rulebook.ids, "number": range(len(rulebook))}, schema_overrides={"number": pl.Int32}
    )
    known = found.join(numbers, on="rule", how="inner").drop("rule").rename({"number": "rule"})
    whole = known.with_columns(
        pl.col("excused") == "true", *(pl.lit(None, kind).alias(name) for name, kind in _NOT_MET.items())
    )
    return judged(whole, rulebook, at, unheld=ground.held.unmet(rulebook)), rulebook


def _read(connection: psycopg.Connection, people: People) -> pl.DataFrame:
    """The rows of some people; beyond a few thousand, everybody's are read and the others left out."""
    names = ", ".join("excused::text" if name == "excused" else name for name in _KEPT)
    wanted = [*people.child_ids, *people.worker_ids]
    query = f"select {names} from kept.open_duty d"
    if len(wanted) <= MANY:
        query = ClientCursor(connection).mogrify(f"{query} where subject = any(%s::text[])".encode(), (wanted,))
    found = copied(connection, query, _KEPT)
    kinds = ((Subject.CHILD, people.child_ids), (Subject.WORKER, people.worker_ids))
    theirs = [(pl.col("subject_kind") == kind.value) & pl.col("subject").is_in(ids) for kind, ids in kinds]
    return found.filter(theirs[0] | theirs[1]).drop("subject_kind")


def rows_to_keep(found: pl.DataFrame, rulebook: Rulebook) -> pl.DataFrame:
    """Duties as they are kept: by the names of their rules, with whom each is about."""
    rules = pl.DataFrame(
        {
            "rule": range(len(rulebook)),
            "rule_id": rulebook.ids,
            "subject_kind": [rule.binding.subject.value for rule in rulebook],
        },
        schema_overrides={"rule": pl.Int32},
    )
    return found.join(rules, on="rule").drop("rule").rename({"rule_id": "rule"}).select(*_KEPT)


def _write(connection: psycopg.Connection, found: pl.DataFrame, rulebook: Rulebook) -> int:
    frame = rows_to_keep(found, rulebook)
    text = io.BytesIO()
    frame.write_csv(text, include_header=False, null_value="\\N")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy kept.open_duty ({', '.join(_KEPT)}) from stdin (format csv, null '\\N')".encode()) as rows,
    ):
        rows.write(text.getvalue())
    return len(frame)


def _note(connection: psycopg.Connection, at: date) -> None:
    connection.execute("delete from kept.open_duty_ground")
    connection.execute("insert into kept.open_duty_ground values (%s, %s, %s)", stands_on(connection, at))


def _kept_to(connection: psycopg.Connection) -> tuple[int, str, date] | None:
    """The act up to which open duties are kept, the rulebook by which they were worked out, and their day."""
    row = connection.execute("select act_id, rulebook, at from kept.open_duty_ground").fetchone()
    return (row[0], row[1], row[2]) if row else None


def _carry_on(connection: psycopg.Connection, before: int, act_id: int) -> None:
    """What was kept of the pace after one act stands after the next, where that changes nobody's duties."""
    connection.execute("update kept.pace_ground set act_id = %s where act_id = %s", (act_id, before))


def is_alone(connection: psycopg.Connection) -> bool:
    """Whether nobody else keeps or renews open duties until this transaction ends."""
    row = connection.execute("select pg_try_advisory_xact_lock(%s)", (_ALONE,)).fetchone()
    return row is not None and bool(row[0])


def before_act(connection: psycopg.Connection, act_id: int) -> int:
    """The act before another; 0 before the first."""
    row = connection.execute("select coalesce(max(act_id), 0) from record.act where act_id < %s", (act_id,)).fetchone()
    return int(row[0]) if row else 0


def _last(connection: psycopg.Connection) -> int:
    act = last_act(connection)
    return act[0] if act else 0


@cache
def rulebook_name() -> str:
    """The name of the rules by which open duties are kept now."""
    return _name(every_rule())


def _name(rulebook: Rulebook) -> str:
    """A short name for exactly these rules and the SQL that reads them, so that duties by older ones are not taken for
    today's."""
    return hashlib.sha256(repr(rulebook.rules).encode() + _sql()).hexdigest()


@cache
def _sql() -> bytes:
    """A digest of every SQL text by which duties are worked out."""
    texts = [path.read_bytes() for room in _ROOMS for path in _files(files(room).joinpath("sql"))]
    return hashlib.sha256(b"\0".join(texts)).digest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
