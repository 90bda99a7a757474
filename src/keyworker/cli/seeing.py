"""Commands that see: each says what it asks of the record, and takes the options that all of them share."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

import polars as pl

from keyworker.access import INSIDE
from keyworker.access.owed import refusal_as_file
from keyworker.actions import tables
from keyworker.cli.options import (
    SEEING,
    As,
    At,
    Format,
    Json,
    KnownAt,
    Names,
    Out,
    Reason,
    Restricted,
    moment_of,
    opened,
)
from keyworker.cli.showing import (
    Leaving,
    beside,
    beside_an_empty_record,
    content,
    no_parquet_on_a_screen,
    printed,
    written,
)
from keyworker.vocabulary.errors import KeyworkerError

NOBODY: frozenset[str] = frozenset()
"""The columns that hold a name, of rows that name nobody."""


@dataclass(frozen=True)
class Answer:
    """What a command found.

    Takes   columns, those that fit a screen, every other format holds all; named, those that hold a name or a birth
            date; none, what to say where there are no rows; note, what to say beside a table; stays, whether it holds
            figures of named workers, of which no file is made; staying, more rows of which that is so.
    """

    rows: list[dict[str, Any]]
    columns: tuple[str, ...]
    named: frozenset[str] = tables.NAMES
    none: str = ""
    note: str = ""
    stays: bool = False
    staying: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class Wish:
    """The options of every command that sees, as they were typed."""

    at: At = None
    known_at: KnownAt = None
    form: As = Format.TABLE
    as_json: Json = False
    out: Out = None
    names: Names = False
    reason: Reason = SEEING
    restricted: Restricted = False

    def guard(self, form: Format) -> None:
        """Refuse names without a reason, and Parquet on a screen."""
        if self.names and self.reason == SEEING:
            raise KeyworkerError("Names need a reason.", where="--names", remedy="Say what they are for with --reason.")
        if self.restricted and self.reason == SEEING:
            raise KeyworkerError(
                "Restricted children need a reason.",
                where="--restricted",
                remedy="Say what they are for with --reason; it is kept in the access log.",
            )
        no_parquet_on_a_screen(form, self.out)

    def show(self, what: str, answer: Answer, form: Format) -> None:
        """Print rows, or write them to a file that only its owner can read; without `names`, no name or birth date."""
        is_kept = self.out is not None or form in (Format.CSV, Format.PARQUET) or _is_kept_by_a_shell(form)
        if answer.stays and is_kept:
            raise refusal_as_file()
        rows = answer.rows if is_kept else [*answer.rows, *answer.staying]
        if answer.none and not rows and form is Format.TABLE:
            beside(answer.none)
            return
        frame = tables.frame(rows, names=self.names, named=answer.named)
        if form is Format.TABLE and self.out is None:
            if answer.note:
                beside(answer.note)
            printed(frame.select([name for name in answer.columns if name in frame.columns]))
            return
        if self.out is not None and frame.height:
            # A line above the heading would break whatever reads the file, so each row says for whom it is.
            frame = frame.with_columns(pl.lit(INSIDE.says).alias("for_whom"))
        written(content(frame, form), form, self.out, Leaving(what, self.reason, self.names))


def _is_kept_by_a_shell(form: Format) -> bool:
    """Whether rows for a program go where any `>` or `|` keeps, sorts and adds them up."""
    return form is Format.JSON and not sys.stdout.isatty()


Asking = Callable[..., Answer]
"""What a command asks: of an opened `Keyworker`, at a `Moment`, with arguments and options of its own."""


def seeing(what: str, *, names: bool = False, reason: str = SEEING) -> Callable[[Asking], Callable[..., None]]:
    """Make a command of what it asks.

    Takes   what, as the list of exports calls it; names, whether it can show names, for a reason; reason, what it is
            for where none is given.
    """
    shared = dict(inspect.signature(Wish, eval_str=True).parameters)
    shared["reason"] = shared["reason"].replace(default=reason)
    if not names:
        del shared["names"]

    def make(ask: Asking) -> Callable[..., None]:
        own = list(inspect.signature(ask, eval_str=True).parameters.values())[2:]

        @wraps(ask)
        def command(**given: Any) -> None:
            wish = Wish(**{name: given.pop(name) for name in shared})
            form = Format.JSON if wish.as_json else wish.form
            wish.guard(form)
            moment = moment_of(wish.at, wish.known_at)
            restricted_for, typed = (wish.reason if asked else "" for asked in (wish.restricted, wish.names))
            with opened(wish.reason, restricted_for=restricted_for, typed=typed) as keyworker:
                answer = ask(keyworker, moment, **given)
                beside_an_empty_record(keyworker)
            wish.show(what, answer, form)

        taken = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *shared.values())]
        # What a command takes is read from its signature.
        command.__signature__ = inspect.Signature(taken)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in taken}
        return command

    return make
