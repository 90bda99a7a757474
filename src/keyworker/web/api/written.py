"""Days, times and instants as RFC 3339 writes them: a bare number is none of them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

_FORM = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d.*)?|\d\d:\d\d.*")


def _as_written(said: Any) -> Any:
    """What was said, if it looks like a day, a time or an instant. Raises ValueError."""
    if isinstance(said, date | datetime | time) or said is None or (isinstance(said, str) and _FORM.match(said)):
        return said
    raise ValueError("write a day as 2026-03-01, a time as 09:00 and an instant as 2026-03-01T09:00:00Z")


_WRITTEN = BeforeValidator(_as_written)
Day = Annotated[date, _WRITTEN]
Instant = Annotated[AwareDatetime, _WRITTEN]
Time = Annotated[time, _WRITTEN]
WrittenDown = Annotated[Day, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
"""A day of which something is written down."""
