"""Keyworker: the open system of a county's children's services.

`import keyworker as kw; record = kw.open(purpose="...")` opens the record of the data folder;
`kw.open(folder, purpose="...")` opens a nameless snapshot. Either answers
`best_known(at)` and `known_then(at, known_at)`.

`kw.figures("cin-rate-31-march", council="873")` gives published figures as a data frame, without any record.
"""

from __future__ import annotations

from typing import Any

__all__ = ["figures", "open"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: the vocabulary must not pull in the whole program because it lives in this package.
    if name == "open":
        from keyworker.actions.python import open_record

        return open_record
    if name == "figures":
        from keyworker.measures.published.rows import python_figures

        return python_figures
    raise AttributeError(f"module 'keyworker' has no attribute {name!r}")
