"""A form's own number: chosen when it is first shown and sent with it, so that one sent twice writes once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from uuid import uuid4

from keyworker.actions.writing import SentOtherwise
from keyworker.record.writer import AlreadyRecorded

_NUMBER = re.compile(r"[0-9a-f]{32}")


def is_number(typed: str) -> bool:
    """Whether something typed can be the number of a form of these pages."""
    return _NUMBER.fullmatch(typed) is not None


def number_or_new(typed: str) -> str:
    """A form's number as it was sent, or a new one where it is none of these pages'."""
    return typed if is_number(typed) else uuid4().hex


def number_of(said: Mapping[str, str], name: str = "number") -> str:
    """The number of a form by what it said. Takes name, that of the field in which it was sent."""
    return number_or_new(said.get(name, ""))


def drop_odd_number(said: MutableMapping[str, str], name: str = "number") -> None:
    """Leave out of what a form said a number that is none of these pages'."""
    if not is_number(said.get(name, "")):
        said.pop(name, None)


def said_otherwise(write: Callable[[], object]) -> str:
    """Write a form down. Gives why it was not, where the same form said something else before; empty once it stands."""
    try:
        with suppress(AlreadyRecorded):
            write()
    except SentOtherwise as error:
        return f"{error.what} {error.remedy}"
    return ""
