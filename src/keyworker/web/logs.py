"""What the log may hold: routes, not paths; the kind and place of a fault, not the values in it."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any


class RoutesNotPaths(logging.Filter):
    """Say which route a request came by, in place of its path and its query."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record about a request; let every other record that holds no path through as it is."""
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{status} {getattr(match, 'view_name', None) or 'no route'}".strip(), ()
        elif record.name.startswith("django.security"):
            record.msg, record.args = f"refused: {record.name.rpartition('.')[2]}", ()
        return True


class NoValues(logging.Formatter):
    """Show where a fault arose and of what kind it is, never its message, which may hold a person's data."""

    def formatException(  # noqa: N802 - the library's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The frames of a traceback without their source lines or values."""
        kind, _, trace = ei
        frames = [f"  {frame.name} in {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*frames, f"  {kind.__module__}.{kind.__qualname__}" if kind else "no fault"])
