"""From text as a file holds it to the one canonical text of each type, the same for every format.

Rows that cannot be trusted come out beside the others, with what is wrong and what to do.
The canonical texts are those of `record.digest`; PostgreSQL reads the same texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl

from keyworker.intake.contract import (
    ENTERED,
    FAULT,
    FAULT_COLUMN,
    FAULT_REMEDY,
    ROW,
    ROW_TEXT,
    Batch,
)
from keyworker.intake.problems import LONGEST_TEXT, Problem
from keyworker.intake.typing_dates import day_text, instant_text, instants, read_days, read_times
from keyworker.vocabulary import TABLES, Column, Kind, Table, Type

MENDS = "_mends"  # the number of the row set aside that this row mends
BESIDE = (ROW, ENTERED, MENDS)
TRUE = ("y", "yes", "true", "t", "1")
FALSE = ("n", "no", "false", "f", "0")
NOT_KNOWN = ("u",)
NOTHING = ("none", "nan", "nat", "n/a", "na", "nil", "(null)", "<na>", "unknown", "not known")  # unless a text
WHOLE = r"^([+-]?)0*(\d{1,18})(?:\.0*)?$"
NUMBER = r"^([+-]?)0*(\d{0,18})(?:\.(\d{0,18}))?$"
YEARS_AHEAD = 30
BIRTHS = ("birth_on", "expected_birth_on")


@dataclass(frozen=True)
class Typed:
    """A batch told apart.

    Takes   good, canonical texts of every column of the table, `_row`, `_entered_at` and perhaps `_mends`;
            bad, the same of the rows set aside, as far as they could be read, with `_problem_column`, `_problem_value`,
            `_problem_reason`, `_problem_remedy` and the row as the file had it in `_raw`.
    """

    good: pl.DataFrame
    bad: pl.DataFrame


@dataclass
class _Work:
    """One batch while it is typed: columns done, days as the source wrote them, and faults found."""

    table: Table
    today: date
    done: dict[str, pl.Series] = field(default_factory=dict)
    spans: dict[str, pl.Series] = field(default_factory=dict)
    faults: list[tuple[str, Problem, pl.Series]] = field(default_factory=list)

    def fault(self, column: str, problem: Problem, where: pl.Series) -> None:
        found = where.fill_null(False)
        if found.any():
            self.faults.append((column, problem, found))


def typed(batch: Batch, today: date) -> Typed:
    """Type one batch. Takes the day of the load, which says what lies too far ahead."""
    table, text = TABLES[batch.table], batch.frame
    work = _Work(table, today)
    times: dict[str, pl.Series] = {}
    said = [one for one in table.columns if one.name in text.columns and text[one.name].null_count() < text.height]
    _texts(work, text, [column.name for column in said if column.type is Type.TEXT])
    for column in said:
        if column.type is not Type.TEXT:
            times |= _by_value(work, column, text[column.name])
    for name in table.column_names:
        if name not in work.done:
            work.done[name] = _empty(name, text.height)
    for name, series in times.items():
        given = work.done[name]
        work.done[name] = given.zip_with(given.is_not_null(), series)
    work.faults.sort(key=lambda fault: table.column_names.index(fault[0]))
    _entered(work, text)
    _required(work)
    _ordered(work)
    beside = [text[ROW]] + ([_cleaned(text[MENDS])] if MENDS in text.columns else [])
    done = [work.done[name].alias(name) for name in (*table.column_names, ENTERED)]
    return _told_apart(work, batch.frame, pl.DataFrame([*beside, *done]))


def _empty(name: str, height: int) -> pl.Series:
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, height)


def _cleaned(text: pl.Series) -> pl.Series:
    return _unless_empty(text.str.strip_chars())


def _unless_empty(text: pl.Series) -> pl.Series:
    return text.set((text == "") | (text == "NULL") | (text == "null") | (text == "Null"), None)


def _texts(work: _Work, text: pl.DataFrame, names: list[str]) -> None:
    """Clean and check columns of text, all of them in each step: a table may have twenty, and a step has its price."""
    if not names:
        return
    cleaned = text.select(pl.col(names).str.strip_chars())
    sizes = cleaned.select(pl.all().str.len_bytes())
    short = sizes.select(((pl.col(name) == 0) | (pl.col(name) == 4)).any() for name in names).row(0)
    longest = sizes.select(pl.all().max()).row(0)
    for name, may_be_empty, most in zip(names, short, longest, strict=True):
        done = cleaned[name]
        if may_be_empty:  # only then can one be empty, or say that it is
            done = _unless_empty(done)
        if _any_control(done):
            work.fault(name, Problem.ZERO_BYTE, done.str.contains("\x00", literal=True))
            work.fault(name, Problem.CONTROL, done.str.contains("[\x1e\x1f]"))
        if most > LONGEST_TEXT:
            work.fault(name, Problem.LONG, done.str.len_bytes() > LONGEST_TEXT)
        work.done[name] = done


def _any_control(text: pl.Series) -> bool:
    """Whether any byte of a column is below a space: quicker asked of all its bytes than of every text."""
    content = text.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[-1]
    return bool(content) and bool((np.frombuffer(content, np.uint8) < ord(" ")).any())


def _by_value(work: _Work, column: Column, text: pl.Series) -> dict[str, pl.Series]:
    """Type each different value once: a county has few days, and fewer ways to say yes. Gives times found in days."""
    coded = text.to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode()
    few = _Work(work.table, work.today)
    values = _cleaned(pl.Series(coded.dictionary, dtype=pl.String))
    times = _column(few, column, values.set(values.str.to_lowercase().is_in(NOTHING).fill_null(False), None))
    places = pl.Series(coded.indices)
    work.done |= {name: series.gather(places) for name, series in few.done.items()}
    work.spans |= {name: series.gather(places) for name, series in few.spans.items()}
    for name, problem, where in few.faults:
        work.fault(name, problem, where.gather(places))
    return {name: series.gather(places) for name, series in times.items()}


def _column(work: _Work, column: Column, text: pl.Series) -> dict[str, pl.Series]:
    match column.type:
        case Type.DATE:
            return _day(work, column.name, text)
        case Type.TIME:
            done = read_times(text)
            work.fault(column.name, Problem.TIME, text.is_not_null() & done.is_null())
        case Type.INSTANT:
            done = instant_text(instants(text))
            work.fault(column.name, Problem.INSTANT, text.is_not_null() & done.is_null())
        case Type.INTEGER:
            done = _number(text, WHOLE)
            work.fault(column.name, Problem.INTEGER, text.is_not_null() & done.is_null())
        case Type.DECIMAL:
            done = _number(text, NUMBER)
            work.fault(column.name, Problem.DECIMAL, text.is_not_null() & done.is_null())
        case Type.FLAG:
            said = pl.lit(text.str.to_lowercase())
            done = pl.select(
                pl.when(said.is_in(TRUE)).then(pl.lit("true")).when(said.is_in(FALSE)).then(pl.lit("false"))
            ).to_series()
            known = text.str.to_lowercase().is_in([*TRUE, *FALSE, *NOT_KNOWN])
            work.fault(column.name, Problem.FLAG, ~known)
    work.done[column.name] = done
    return {}


def _day(work: _Work, name: str, text: pl.Series) -> dict[str, pl.Series]:
    latest = work.today + timedelta(days=366 if name in BIRTHS else 366 * YEARS_AHEAD)
    read = read_days(text, latest)
    work.fault(name, Problem.DATE, read.wrong)
    work.fault(name, Problem.EARLY, read.early)
    work.fault(name, Problem.LATE, read.late)
    work.spans[name] = days = read.days
    if work.table.kind is Kind.PERIOD and name == "to_on":
        days = days.dt.offset_by("1d")
    work.done[name] = day_text(days)
    clock = name.removesuffix("_on") + "_time"
    return {clock: read.times} if read.times is not None and work.table.has(clock) else {}


def _number(text: pl.Series, shape: str) -> pl.Series:
    parts = text.str.extract_groups(shape).struct.unnest()
    sign, whole = pl.lit(parts.to_series(0)), pl.lit(parts.to_series(1))
    part = pl.lit(parts.to_series(2)) if parts.width > 2 else pl.lit(None, pl.String)
    part = part.fill_null("").str.strip_chars_end("0")
    any_digit = pl.lit(text.str.contains(r"\d"))
    size = pl.when(whole == "").then(pl.lit("0")).otherwise(whole)
    size = pl.when(part == "").then(size).otherwise(size + "." + part)
    value = pl.when((sign == "-") & (size != "0")).then("-" + size).otherwise(size)
    return pl.select(pl.when(any_digit).then(value)).to_series()


def _entered(work: _Work, text: pl.DataFrame) -> None:
    if ENTERED not in text.columns:
        work.done[ENTERED] = _empty(ENTERED, text.height)
        return
    said = _cleaned(text[ENTERED])
    said = said.set(said.str.to_lowercase().is_in(NOTHING).fill_null(False), None)
    at = instants(said)
    work.fault(ENTERED, Problem.INSTANT, said.is_not_null() & at.is_null())
    work.fault(ENTERED, Problem.EARLY, at.dt.year() < 1900)
    work.done[ENTERED] = instant_text(at)


def _required(work: _Work) -> None:
    needed = {*work.table.key, *(column.name for column in work.table.columns if column.required)}
    found = list(work.faults)
    for name in work.table.column_names:
        if name in needed:
            empty = work.done[name].is_null()
            for column, _, where in found:
                if column == name:
                    empty &= ~where
            work.fault(name, Problem.REQUIRED, empty)


def _ordered(work: _Work) -> None:
    if "from_on" in work.spans and "to_on" in work.spans:
        work.fault("to_on", Problem.ORDER, work.spans["to_on"] < work.spans["from_on"])
    if "from_on" in work.spans and "new_due_on" in work.spans:
        work.fault("new_due_on", Problem.NOT_LATER, work.spans["new_due_on"] <= work.spans["from_on"])


def _told_apart(work: _Work, raw: pl.DataFrame, frame: pl.DataFrame) -> Typed:
    faulted = FAULT in raw.columns
    if not work.faults and not faulted:
        return Typed(frame, frame.clear())
    faults = [where for *_, where in work.faults] + ([raw[FAULT].is_not_null()] if faulted else [])
    wrong = pl.select(pl.any_horizontal(*map(pl.lit, faults))).to_series()
    bad, raw = frame.filter(wrong), raw.filter(wrong)
    found = [(name, problem, pl.lit(where.filter(wrong))) for name, problem, where in work.faults]
    empty = pl.lit(None, pl.String)
    problem = bad.select(
        pl.coalesce(empty, *(pl.when(where).then(pl.lit(name)) for name, _, where in found)).alias("_problem_column"),
        pl.coalesce(empty, *(pl.when(where).then(pl.lit(raw[name])) for name, _, where in found if name in raw.columns))
        .str.slice(0, 200)
        .alias("_problem_value"),
        pl.concat_str(
            [empty, *(pl.when(where).then(pl.lit(f"{name} {problem.reason}")) for name, problem, where in found)],
            separator="; ",
            ignore_nulls=True,
        ).alias("_problem_reason"),
        pl.coalesce(empty, *(pl.when(where).then(pl.lit(problem.remedy)) for _, problem, where in found)).alias(
            "_problem_remedy"
        ),
        pl.lit(raw_text(raw)).alias("_raw"),
    )
    if faulted:
        problem = _as_the_reader_says(problem, raw)
    return Typed(frame.filter(~wrong), bad.hstack(problem))


def _as_the_reader_says(problem: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """What the reader found wrong goes before what a value's type does: its columns may not be what they seem."""
    given, column = raw[FAULT].is_not_null(), raw[FAULT_COLUMN]
    values = [pl.when(pl.lit(column == name)).then(pl.lit(raw[name])) for name in raw.columns if name != ROW]
    text = [pl.lit(raw[ROW_TEXT])] if ROW_TEXT in raw.columns else []
    said = {
        "_problem_column": pl.lit(column.fill_null("")),
        "_problem_value": pl.coalesce(pl.lit(None, pl.String), *values, *text).str.slice(0, 200),
        "_problem_reason": pl.lit(raw[FAULT]),
        "_problem_remedy": pl.lit(raw[FAULT_REMEDY]),
    }
    return problem.with_columns(
        pl.when(pl.lit(given)).then(value).otherwise(pl.col(name)).alias(name) for name, value in said.items()
    )


def raw_text(raw: pl.DataFrame) -> pl.Series:
    """Each row as the file had it, as JSON under the vocabulary's names; zero bytes, which that cannot hold, as �."""
    kept = raw.select(pl.exclude(ROW, MENDS, FAULT, FAULT_COLUMN, FAULT_REMEDY))
    whole = kept.with_columns(pl.all().str.replace_all("\x00", "\ufffd", literal=True).str.slice(0, LONGEST_TEXT))
    return whole.select(pl.struct(pl.all()).struct.json_encode().alias("_raw")).to_series()
