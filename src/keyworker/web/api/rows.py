"""The one way from what a room below tells to an answer: field by field, with words only for tokens for names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Self, TypeVar

from django.http import HttpRequest
from ninja import Schema

from keyworker.facts.pictures import WorkerRef
from keyworker.web.api.asking import program_of
from keyworker.web.api.shapes import Turned, Worker, part_today, worker_of

T = TypeVar("T")


@dataclass(frozen=True)
class _ForNames:
    """That a field holds what somebody wrote, or who somebody is."""


@dataclass(frozen=True)
class From:
    """Under which name a room below has a field. Takes name."""

    name: str


@dataclass(frozen=True)
class Who:
    """That a field tells a worker by handle. Takes name, of the identifier below."""

    name: str


Wrote = Annotated[str | None, _ForNames()]
"""Words that somebody wrote, left out unless the token is for names."""


@dataclass(frozen=True)
class Teller:
    """To whom rows are told. Takes names, whether with names and words; workers, by identifier, whoever is named."""

    names: bool
    workers: Mapping[str, WorkerRef] = field(default_factory=dict)

    def worker(self, worker_id: str | None) -> Worker | None:
        """A worker as the answer tells of them; None for one who is not told at all."""
        ref = self.workers.get(worker_id or "")
        return worker_of(ref, names=self.names) if ref else None


class Row(Schema):
    """One row as an answer tells it."""

    @classmethod
    def of(cls, one: object, to: Teller, **more: Any) -> Self:
        """A row of what a room below tells. Takes more, the fields that no one attribute of it has."""
        return cls(**{name: _said(one, name, marks.metadata, to) for name, marks in cls._fields(more)}, **more)

    @classmethod
    def _fields(cls, told: Mapping[str, object]) -> Iterable[tuple[str, Any]]:
        return ((name, marks) for name, marks in cls.model_fields.items() if name not in told)


def teller(request: HttpRequest, workers: Mapping[str, WorkerRef] | None = None) -> Teller:
    """To whom whatever a request asks is told. Takes workers, by identifier, whoever is named in it."""
    return Teller(program_of(request).names, workers or {})


def in_turn(
    request: HttpRequest,
    turn: Turned,
    rows: Sequence[T],
    shape: type[Row],
    *,
    workers: Mapping[str, WorkerRef] | None = None,
    more: Callable[[T], Mapping[str, Any]] = lambda _: {},
) -> dict[str, Any]:
    """The envelope of a part of some rows of today.

    Takes   shape, as what one of them is told; workers, by identifier, whoever is named; more, the fields of a row that
            no one attribute of it has.
    """
    to = teller(request, workers)
    return part_today(turn, rows, lambda one: shape.of(one, to, **more(one)))


def _said(one: object, name: str, marks: Iterable[object], to: Teller) -> Any:
    """What a row says in one field. What is for names is not even read for a token that is for none."""
    for mark in marks:
        if isinstance(mark, _ForNames) and not to.names:
            return None
        if isinstance(mark, From | Who):
            value = getattr(one, mark.name)
            return to.worker(value) if isinstance(mark, Who) else value
    value = getattr(one, name)
    return value.value if isinstance(value, Enum) else value
