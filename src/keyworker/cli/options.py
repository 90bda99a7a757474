"""Options that several commands share, and the moment and the record that they name."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keyworker.access import Asker, Door
from keyworker.cli.typed import free_words
from keyworker.facts.days import LONDON, end_of
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.working_days import spoken

if TYPE_CHECKING:
    from keyworker.actions import Keyworker

SEEING = "see how the service stands"


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


At = Annotated[str | None, typer.Option("--at", help="A day; its end is meant. Today, if not given.")]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="An instant, such as 2026-03-01T09:00Z: only what was known then.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Write here, readable by you only, not to the screen.")]
As = Annotated[Format, typer.Option("--format", help="table, csv, json or parquet.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
ForPrograms = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
Names = Annotated[bool, typer.Option("--names", help="With names and birth dates; needs --reason.")]
Reason = Annotated[str, free_words("--reason", "What this is for; kept in the access log.")]
Restricted = Annotated[
    bool, typer.Option("--restricted", help="Also children whom only named people may see; needs --reason.")
]
District = Annotated[str | None, typer.Option("--district", help="Only this district.")]


def moment_of(at: str | None, known_at: str | None) -> Moment:
    """The moment that the words on the command line name.

    An instant without a zone is London's; a day given as one means its end.
    Raises  KeyworkerError for words that name no moment, and for a day that has not come: on it every child would
            seem to be past the day to be seen, since no visit of the days between is known.
    """
    today = datetime.now(LONDON).date()
    try:
        day = date.fromisoformat(at) if at else today
        moment = Moment(day, _instant(known_at) if known_at else None)
    except ValueError as error:
        raise KeyworkerError(
            "This is not a date or an instant.",
            where="--at or --known-at",
            remedy="Write a day as 2026-03-01 and an instant as 2026-03-01T09:00.",
        ) from error
    if day > today:
        raise KeyworkerError(
            f"{spoken(day)} has not come: what will have happened by then is not known.",
            where="--at",
            remedy="Ask for today or an earlier day; `keyworker due` looks ahead.",
        )
    return moment


def day_of(said: str, where: str) -> date:
    """The day that a word on the command line names. Takes where, the option; raises KeyworkerError for other words."""
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise KeyworkerError("This is not a date.", where=where, remedy="Write it as 2026-03-01.") from error


def _instant(said: str) -> datetime:
    if len(said) == len("2026-03-01"):
        return end_of(date.fromisoformat(said))
    instant = datetime.fromisoformat(said)
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def opened(reason: str, *, restricted_for: str = "", typed: str = "") -> Keyworker:
    """The record, opened by whoever types, for a purpose that is logged.

    Takes   restricted_for, what was typed to see restricted children for; without it they are closed; typed, a reason
            for what is open to somebody who has signed in only for one.
    """
    # Most of the program hangs on this; commands that see nothing of the record do without it.
    from keyworker.actions import Keyworker

    keeper = Asker(getpass.getuser(), reason, Door.COMMAND, reason=restricted_for)
    return Keyworker.open(keeper, now=datetime.now(UTC), reason=typed)
