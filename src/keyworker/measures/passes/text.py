"""A definition's SQL made whole: relations put in their places, windows as small tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.facts.relations import DERIVED, derived_sql
from keyworker.measures.passes.bands import bands_sql, is_bands
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.statement import Statement
from keyworker.measures.passes.told import is_told, told
from keyworker.measures.passes.windows import Windows, is_window

_NAMED = re.compile(r"\{([^{}]+)\}")
_WORD = re.compile(r"\w+")


class Text:
    """Puts the measures' own names in their places; `facts.relations.render` does the rest.

    Takes   last, the last day for which windows are needed; moment, from which readings of time limits are looked at;
            kept, which gives the SQL of a relation whose rows are kept already, or None.
    Gives   steps, the relations that the queries name, each once, the deeper first.
    """

    def __init__(
        self,
        source: Source,
        relations: Mapping[str, str],
        windows: Windows,
        last: date,
        moment: Moment,
        kept: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._source = source
        self._relations = relations
        self._windows = windows
        self._last = last
        self._moment = moment
        self._kept = kept
        self._counting: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self.steps: dict[str, str] = {}
        self.parameters: dict[str, Any] = {}

    def whole(self, sql: str) -> str:
        """The query with every relation and window in its place; described tables keep their braces."""
        return _NAMED.sub(lambda found: self._named(found.group(1)), sql)

    def statement(self, sql: str) -> str:
        """The query with the relations that it names before it."""
        whole = self.whole(sql)
        named = set(_WORD.findall(whole))
        steps: list[tuple[str, str]] = []
        for name, step in reversed(self.steps.items()):
            if name in named:
                steps.insert(0, (name, step))
                named.update(_WORD.findall(step))
        return Statement().sql(whole, before=steps) if steps else whole

    def _named(self, name: str) -> str:
        if is_window(name):
            return self._window(name)
        if is_bands(name):
            return self._bands(name)
        if is_told(name):
            return self._told(name)
        if (kept := self._kept(name)) is not None:
            return kept
        if name in self._relations or name in DERIVED:
            called = f"the_{name}"
            if called not in self.steps:
                self.steps[called] = self.whole(self._relations.get(name) or derived_sql(name))
            return called
        return f"{{{name}}}"

    def _bands(self, name: str) -> str:
        """The step that holds bands of time, once for a statement."""
        if name not in self._given:
            called = f"bands_{len(self._given)}"
            self.steps[called] = self.whole(bands_sql(name))
            self._given[name] = called
        return self._given[name]

    def _window(self, name: str) -> str:
        if name not in self._counting:
            days, until = self._windows.table(name, self._last)
            sql, parameters = self._source.table(name.replace(" ", "_"), {"day": days, "until": until})
            self.parameters |= parameters
            self._counting[name] = sql
        return self._counting[name]

    def _told(self, name: str) -> str:
        """The step that holds what Python worked out, once for a statement."""
        if name not in self._given:
            called = f"told_{len(self._given)}"
            columns, types = told(self._source, self._moment, name)
            sql, parameters = self._source.table(called, columns, types)
            self.parameters |= parameters
            self.steps[called] = f"select * from {sql} d"
            self._given[name] = called
        return self._given[name]
