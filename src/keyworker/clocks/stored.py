"""Readings kept in the database for today's screens: when each duty began, is due, was met or ended; never its state.

They are made whole after a load, and anew for one child or worker in the transaction of the write that touched them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterable
from datetime import date

import polars as pl
import psycopg

from keyworker.clocks.duties import Asked, duties_in_postgresql
from keyworker.clocks.engine import Ground, dated, every_rule, ground_at
from keyworker.clocks.readings import judged
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import last_act

_NUMBER: dict[str, type[pl.DataType]] = {"number": pl.Int32}
EVER = Moment(FAR)
"""Everything that is known, also what is dated ahead: what lies after the day asked about is hidden on reading."""

_KEPT = (
    "subject_kind",
    "subject",
    "rule",
    "started_on",
    "again",
    "start_time",
    "edition",
    "due_on",
    "met_on",
    "met_time",
    "met_entered_at",
    "stopped_on",
    "may_on",
    "agreed",
    "excused",
)
_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_kind": pl.String,
    "subject": pl.String,
    "rule": pl.String,
    "started_on": pl.Date,
    "again": pl.Int8,
    "start_time": pl.Time,
    "edition": pl.Int16,
    "due_on": pl.Date,
    "met_on": pl.Date,
    "met_time": pl.Time,
    "met_entered_at": pl.Datetime("us", "UTC"),
    "stopped_on": pl.Date,
    "may_on": pl.Date,
    "agreed": pl.String,
    "excused": pl.Boolean,
}


def keepable(rulebook: Rulebook) -> Rulebook:
    """The rules whose readings are kept. What is counted back from a date still to come changes with the day asked
    about, and is worked out when it is asked for."""
    return Rulebook({rule.id: rule for rule in rulebook if not rule.is_before})


def is_current(connection: psycopg.Connection, rulebook: Rulebook | None = None) -> bool:
    """Whether the kept readings hold all that is recorded, by the rulebook as it is."""
    return _kept_to(connection) == (_last(connection), _name(rulebook or every_rule()))


def keep_all(connection: psycopg.Connection, rulebook: Rulebook | None = None) -> int:
    """Work out every reading and keep it, in place of all that was kept. Gives how many there are."""
    with connection.transaction():
        ground = ground_at(connection, EVER, rulebook)
        lens = lens_at(connection, EVER)
        wanted = keepable(ground.rulebook)
        found = dated(duties_in_postgresql(connection, Asked(wanted, lens)), wanted, ground.local)
        connection.execute("delete from kept.reading")
        _write(connection, found, wanted)
        _note(connection, rulebook or every_rule())
    return len(found)


def keep_of(
    connection: psycopg.Connection,
    *,
    child_ids: Collection[str] = (),
    worker_ids: Collection[str] = (),
    rulebook: Rulebook | None = None,
) -> bool:
    """Work out some children's and workers' readings anew, in the transaction of the write that touched them.

    Gives   False where the whole was not current before the write: it must then be made whole. A setting touches
            everybody, so `keep_all` follows it.
    """
    rules = rulebook or every_rule()
    before = connection.execute(
        "select coalesce(max(act_id), 0) from record.act where act_id < %s", (_last(connection),)
    )
    if _kept_to(connection) != (*(before.fetchone() or (0,)), _name(rules)):
        return False
    ground = ground_at(connection, EVER, rulebook)
    for kind, subjects in ((Subject.CHILD, child_ids), (Subject.WORKER, worker_ids)):
        if subjects:
            _keep(connection, ground, kind, list(subjects))
    _note(connection, rules)
    return True


def _keep(connection: psycopg.Connection, ground: Ground, kind: Subject, subjects: list[str]) -> None:
    lens = lens_at(connection, EVER)
    rulebook = keepable(ground.rulebook).of(kind)
    if kind is Subject.CHILD:
        asked = Asked(rulebook, lens.of(lens.root(subject) for subject in subjects))
    else:
        asked = Asked(rulebook, lens, tuple(subjects))
    found = dated(duties_in_postgresql(connection, asked), rulebook, ground.local)
    roots = sorted({lens.root(subject) for subject in subjects} if kind is Subject.CHILD else set(subjects))
    connection.execute(
        "delete from kept.reading where subject_kind = %s and subject = any(%s::text[])", (kind.value, roots)
    )
    _write(connection, found, rulebook)


def stored(
    connection: psycopg.Connection,
    at: date,
    *,
    child_ids: Collection[str] = (),
    worker_ids: Collection[str] = (),
    rulebook: Rulebook,
    unheld: Iterable[str],
) -> pl.DataFrame:
    """The kept readings of some children and workers, judged at the end of a day. Ask `is_current` first.

    Gives   the columns that `engine.read` gives.
    """
    numbers = pl.DataFrame(
        {"rule": rulebook.ids, "number": range(len(rulebook))}, schema_overrides={"number": pl.Int32}
    )
    found = connection.execute(
        f"""select {", ".join(_KEPT)} from kept.reading
        where started_on <= %s and ((subject_kind = 'child' and subject = any(%s::text[]))
            or (subject_kind = 'worker' and subject = any(%s::text[])))""",
        (at, list(child_ids), list(worker_ids)),
    ).fetchall()
    frame = pl.DataFrame(found, schema=_SCHEMA, orient="row").join(numbers, on="rule", how="inner")
    known = frame.drop("rule").rename({"number": "rule"})
    return judged(_hidden(known, at), rulebook, at, unheld=unheld)


def _hidden(frame: pl.DataFrame, at: date) -> pl.DataFrame:
    """What lies after a day is not yet so on it."""
    return frame.with_columns(
        pl.when(pl.col(name) <= at).then(pl.col(name)).alias(name) for name in ("met_on", "stopped_on", "may_on")
    )


def _write(connection: psycopg.Connection, found: pl.DataFrame, rulebook: Rulebook) -> None:
    rules = pl.DataFrame(
        {
            "rule": range(len(rulebook)),
            "rule_id": rulebook.ids,
            "subject_kind": [rule.binding.subject.value for rule in rulebook],
        },
        schema_overrides={"rule": pl.Int32},
    )
    frame = found.join(rules, on="rule").drop("rule").rename({"rule_id": "rule"}).select(_KEPT)
    text = io.BytesIO()
    frame.write_csv(text, include_header=False, null_value="\\N")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy kept.reading ({', '.join(_KEPT)}) from stdin (format csv, null '\\N')".encode()) as rows,
    ):
        rows.write(text.getvalue())


def _note(connection: psycopg.Connection, rulebook: Rulebook) -> None:
    connection.execute("delete from kept.reading_ground")
    connection.execute("insert into kept.reading_ground values (%s, %s)", (_last(connection), _name(rulebook)))


def _kept_to(connection: psycopg.Connection) -> tuple[int, str] | None:
    """The act up to which readings are kept, and the rulebook by which they were worked out."""
    row = connection.execute("select act_id, rulebook from kept.reading_ground").fetchone()
    return (row[0], row[1]) if row else None


def _last(connection: psycopg.Connection) -> int:
    act = last_act(connection)
    return act[0] if act else 0


def _name(rulebook: Rulebook) -> str:
    """A short name for exactly these rules, so that readings of an older rulebook are not taken for today's."""
    return hashlib.sha256(repr(rulebook.rules).encode()).hexdigest()
