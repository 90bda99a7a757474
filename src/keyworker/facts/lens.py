"""What tables are looked at through: a moment, whose rows, which source speaks first, which identifiers are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.vocabulary.homes import AtHome

FEW = 200
MANY = 2_000
FAR = date(9998, 12, 31)  # later than any day that a record holds, with room for the day after
DEFAULT_PRECEDENCE = ("ssd", "pack", "dfe-api", "cin-census", "ssda903", "annex-a", "workforce-census")


@dataclass(frozen=True)
class Lens:
    """How the record is looked at.

    Takes   child_ids, the children whose rows are wanted (None: all of them);
            shared, the tables to which more than one source gave rows;
            precedence, for such a table the sources in the order in which they speak;
            homes, for a table the days on which Keyworker itself was its home;
            roots, for an identifier that is joined to another the one that stands for the child;
            is_on_workers, whether of a table that speaks of children or of workers only the workers' rows are wanted;
            is_each_told, whether a visit that was written here stands beside one of which another source tells a day
            apart, also where both are most likely one;
            is_taken, whether the tables hold only what another lens saw, so that nothing is left to leave out.
    """

    moment: Moment
    child_ids: tuple[str, ...] | None = None
    shared: frozenset[str] = frozenset()
    precedence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    homes: Mapping[str, tuple[AtHome, ...]] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)
    is_on_workers: bool = False
    is_each_told: bool = False
    is_taken: bool = False

    def of(self, child_ids: Iterable[str]) -> Lens:
        """The same lens on these children alone, under whichever of their identifiers the rows stand."""
        return replace(self, child_ids=tuple(dict.fromkeys(child_ids)))

    @property
    def is_narrow(self) -> bool:
        """Whether it looks at few enough children that an index finds them faster than a look through all."""
        return self.child_ids is not None and len(self.child_ids) <= FEW

    def on_running(self, most: int = MANY) -> Lens:
        """The lens for periods in force, which are few beside all periods.

        Beyond so many children all periods in force are read, and the reader leaves out whom it did not ask for.
        """
        return self if self.child_ids is None or len(self.child_ids) <= most else self.on_everyone

    @property
    def on_everyone(self) -> Lens:
        """The same lens on every child."""
        return replace(self, child_ids=None)

    @property
    def on_workers(self) -> Lens:
        """The same lens on every worker, and on no child."""
        return replace(self, child_ids=None, is_on_workers=True)

    @property
    def on_each_told(self) -> Lens:
        """The same lens, to which a visit written here and another source's of a day apart are two."""
        return replace(self, is_each_told=True)

    @property
    def taken(self) -> Lens:
        """The lens on tables that hold only what this one sees."""
        return Lens(Moment(self.moment.at), is_taken=True)

    def root(self, child_id: str) -> str:
        """The identifier that stands for the child."""
        return self.roots.get(child_id, child_id)

    def order_of_sources(self, table: str) -> tuple[str, ...]:
        """The sources of a table, first the one that speaks for a fact on which they differ."""
        return self.precedence.get(table, DEFAULT_PRECEDENCE)

    def parameters(self, *, as_text: bool = True) -> dict[str, Any]:
        """What the relations' SQL is bound to, beside the dates of the moment.

        Takes   as_text, whether many children may be written as PostgreSQL's text for an array.
        """
        bound: dict[str, Any] = {f"sources_{table}": list(self.order_of_sources(table)) for table in self.shared}
        if self.child_ids is not None:
            bound["child_ids"] = self._text if as_text and len(self.identifiers) > FEW else self.identifiers
        if self.roots:
            bound |= {"identifiers": list(self.roots), "identifier_roots": list(self.roots.values())}
        return bound

    @cached_property
    def way(self) -> Hashable:
        """All but the day and the children themselves: what the text of a question hangs on, and not what it is bound
        to."""
        return (
            self.moment.is_known_then,
            self.child_ids is None,
            self.shared,
            tuple(sorted((table, tuple(order)) for table, order in self.precedence.items())),
            tuple(sorted((table, tuple(homes)) for table, homes in self.homes.items())),
            bool(self.roots),
            self.is_on_workers,
            self.is_each_told,
            self.is_taken,
        )

    @cached_property
    def identifiers(self) -> list[str]:
        """Every identifier of the lens's children."""
        wanted = {self.root(child_id) for child_id in self.child_ids or ()} if self.roots else set(self.child_ids or ())
        return [*wanted, *(identifier for identifier, root in self.roots.items() if root in wanted - {identifier})]

    @cached_property
    def _text(self) -> str:
        """The same as PostgreSQL's text, once for all the queries of a page: a driver would write it for each."""
        return _array(self.identifiers)


def _array(values: Iterable[str]) -> str:
    every = "\0".join(values).replace("\\", "\\\\").replace('"', '\\"')  # PostgreSQL has no text with that byte
    return '{"' + every.replace("\0", '","') + '"}'
