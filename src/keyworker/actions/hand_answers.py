"""The answers to a form's questions: what is wrong with them, and how the record holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from keyworker.actions.writing import LONGEST
from keyworker.vocabulary import Type
from keyworker.vocabulary.forms import LAST_DAY, Ask

DAY = timedelta(days=1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
LONG = 4_000
"""The characters that an answer in more than a line may have."""


def wrong_answers(asks: Iterable[Ask], said: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the answers by themselves, by the name of the question."""
    found: dict[str, str] = {}
    for ask in asks:
        text = said.get(ask.name, "").strip()
        words = ask.words if ask.words.endswith("?") else f"{ask.words}:"
        if not text:
            if ask.needed:
                found[ask.name] = f"{words} {_EMPTY[ask.column.type] if not ask.choices else 'choose one'}"
        elif ask.choices and text not in ask.choices:
            found[ask.name] = f"{words} choose one"
        elif ask.column.type is Type.DATE and read_day(text) is None:
            found[ask.name] = f"{words} {_EMPTY[Type.DATE]}"
        elif ask.column.type is Type.TIME and read_time(text) is None:
            found[ask.name] = f"{words} {_EMPTY[Type.TIME]}"
        elif ask.column.type is Type.DECIMAL and read_number(text) is None:
            found[ask.name] = f"{words} {_EMPTY[Type.DECIMAL]}"
        elif len(text) > most(ask):
            found[ask.name] = f"{words} use {most(ask):,} characters or fewer"
    return found


def most(ask: Ask) -> int:
    """How many characters an answer may have."""
    return LONG if ask.long else LONGEST


_EMPTY = {
    Type.DATE: "enter a real day, such as 27 March 2026",
    Type.TIME: "enter a time of the day, such as 15:30",
    Type.TEXT: "enter it",
    Type.FLAG: "choose one",
    Type.DECIMAL: "enter a number, such as 0.6 or 37",
}


def read_day(text: str) -> date | None:
    """A day written as 2026-03-27; None for anything else."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of the day written as 15:30; None for anything else."""
    if not _TIME.fullmatch(text.strip()):
        return None
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        return None


def read_number(text: str) -> Decimal | None:
    """A number of at most three digits before the point and two after it; None for anything else."""
    return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def value_of(ask: Ask, text: str) -> Any:
    """An answer as the record holds it; None for none. A last day becomes the day after it."""
    text = text.strip()
    if not text:
        return None
    if ask.name == LAST_DAY:
        day = read_day(text)
        return day + DAY if day else None
    if ask.column.type is Type.DATE:
        return read_day(text)
    if ask.column.type is Type.TIME:
        return read_time(text)
    if ask.column.type is Type.DECIMAL:
        return read_number(text)
    return text == "yes" if ask.column.type is Type.FLAG else text


def answer_of(ask: Ask, value: Any) -> str:
    """What the record holds, as it is answered in a form: the other way round."""
    if value is None:
        return ""
    if ask.name == LAST_DAY:
        return (value - DAY).isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
