"""A definition's SQL made whole: relations put in their places, windows as small tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from keyworker.measures.passes.source import Source
from keyworker.measures.passes.windows import Windows, is_window
from keyworker.vocabulary import TABLES

_NAMED = re.compile(r"\{([^{}]+)\}")


class Text:
    """Puts the measures' own names in their places; `facts.relations.render` does the rest.

    Takes   last, the last day for which windows are needed.
    """

    def __init__(self, source: Source, relations: Mapping[str, str], windows: Windows, last: date) -> None:
        self._source = source
        self._relations = relations
        self._windows = windows
        self._last = last
        self.parameters: dict[str, Any] = {}

    def whole(self, sql: str) -> str:
        """The query with every relation and window in its place; described tables keep their braces."""
        return _NAMED.sub(lambda found: self._named(found.group(1)), sql)

    def _named(self, name: str) -> str:
        if name in self._relations and name not in TABLES:
            return f"(\n{self.whole(self._relations[name])}\n)"
        if is_window(name):
            days, until = self._windows.table(name, self._last)
            sql, parameters = self._source.table(name.replace(" ", "_"), {"day": days, "until": until})
            self.parameters |= parameters
            return sql
        return f"{{{name}}}"
