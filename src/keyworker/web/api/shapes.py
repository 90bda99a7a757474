"""What answers are made of: who, where, when, and the envelope of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Query, Schema
from pydantic import ConfigDict, Field, StringConstraints
from pydantic_core import core_schema

from keyworker.actions.questions.naming import known
from keyworker.actions.questions.part import Part, Wanted, part_of
from keyworker.actions.writing import LONGEST
from keyworker.facts.days import london_day
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef, WorkerRef
from keyworker.vocabulary.codes import codes
from keyworker.web import bound

T = TypeVar("T")

HANDLE = r"^[A-Za-z0-9_-]{8,64}$"
Handle = Annotated[str, StringConstraints(pattern=HANDLE), Field(description="A random handle, useless elsewhere.")]
Word = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]*$", max_length=100)]
"""A word of a question: a district, a group."""
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2_000)]
"""Words that somebody wrote."""
Brief = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=LONGEST)]
"""Words as long as a form takes of one answer."""
Long = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4_000)]
"""Words that may fill two pages."""
Number = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""A random number that the program chooses, so that one thing sent twice is written once."""


Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
"""The number of something that was written down here."""


EntryNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of an entry: another one after each correction."""


@dataclass(frozen=True)
class OneOf:
    """That words are a code of a list of the vocabulary, or one of some words. Takes of, the list's name, or these."""

    of: str | tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.literal_schema(list(codes(self.of) if isinstance(self.of, str) else self.of))


class Sent(Schema):
    """What a program sends: a field that nobody knows is an error, so that a mistyped one is not lost."""

    model_config = ConfigDict(extra="forbid")


class Why(Sent):
    """Why something is withdrawn."""

    why: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=LONGEST)]


class Nothing(Sent):
    """Nothing more need be said."""


class Problem(Schema):
    """What happened and what to do, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str | None = None
    remedy: str | None = None
    errors: list[dict[str, object]] | None = None


class Worker(Schema):
    """A worker. The name is left out unless the token may be used for names."""

    handle: str
    name: str | None


class Team(Schema):
    """A team."""

    handle: str
    name: str
    district: str
    team_type: str


class Told(Schema):
    """The moment of which an answer tells."""

    at: date
    known_at: datetime | None = Field(description="Empty: all that is known now.")


class Turned(Schema):
    """Which part of a long list is wanted."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=500)] = 100

    @property
    def wanted(self) -> Wanted:
        """The part."""
        return Wanted(self.page, self.size)


class Listed(Told, Generic[T]):
    """A part of a list. Ask for the same `at` and `known_at` with the next page, and the list is the same one."""

    page: int
    size: int
    of: int = Field(description="How many the list has in all, of those whom the account may see.")
    items: list[T]


Turn = Query[Turned]


def told(moment: Moment) -> dict[str, Any]:
    """A moment, as answers begin with it."""
    return {"at": moment.at, "known_at": moment.known_at}


def turned(moment: Moment, wanted: Wanted, part: Part, items: Iterable[object]) -> dict[str, Any]:
    """The envelope of a part of a list."""
    return {**told(moment), "page": wanted.page, "size": wanted.size, "of": part.of, "items": list(items)}


def part_today(turn: Turned, rows: Sequence[T], as_told: Callable[[T], object]) -> dict[str, Any]:
    """The envelope of a part of some rows of today. Takes as_told, how an answer tells one of them."""
    part = part_of(rows, turn.wanted)
    return turned(Moment(london_day(bound.now())), turn.wanted, part, map(as_told, part.rows))


def worker_of(one: WorkerRef, *, names: bool) -> Worker:
    """A worker as answers tell of them."""
    return Worker(handle=one.handle, name=one.name if names else None)


def team_of(one: TeamRef) -> Team:
    """A team as answers tell of it."""
    return Team(handle=one.handle, name=one.name, district=one.district, team_type=one.team_type)


def chosen_worker(refs: Iterable[WorkerRef], handle: str | None) -> str:
    """Who is meant by a handle among those who may be; empty where none is named. Raises NotKnown for anybody else."""
    return (
        known(next((one for one in refs if one.handle == handle), None), HandleKind.WORKER).worker_id if handle else ""
    )
