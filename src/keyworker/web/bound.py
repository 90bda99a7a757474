"""The source of pictures that this site was opened with, and the instant it is now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from keyworker.web.source import Source


def _clock() -> datetime:
    return datetime.now(UTC)


class _Bound:
    source: Source | None = None
    clock: Callable[[], datetime] = staticmethod(_clock)


def bind(source: Source, clock: Callable[[], datetime] = _clock) -> None:
    """Open the pages on a source of pictures. The clock is the computer's, unless a test stops it."""
    _Bound.source = source
    _Bound.clock = staticmethod(clock)


def source() -> Source:
    """The source that the site was opened with."""
    if _Bound.source is None:
        raise RuntimeError("the site has no source: call bind() before serving")
    return _Bound.source


def now() -> datetime:
    """The instant it is now: the pages' only clock."""
    return _Bound.clock()
