"""Bands of time as a table: which band a thing that began on a day is in, from when until when.

`{bands 'under 3 months' past 3 months '3 to 6 months' past 6 months '6 months or more'}` names each band and, after it,
the window that ends it (`measures.passes.windows`); the last goes on. It has a row for every day and band: `day`,
`band`, `from_on` and `to_on`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from keyworker.measures.passes.windows import is_window

_BAND = re.compile(r"'([^']+)'")


def is_bands(name: str) -> bool:
    """Whether a name in braces is that of bands of time."""
    said, *rest = _BAND.split(" ".join(name.split()))
    return said == "bands " and len(rest) > 2 and rest[-1] == "" and all(is_window(one.strip()) for one in rest[1:-1:2])


def bands_sql(name: str) -> str:
    """The bands as a query over their windows."""
    _, *parts = _BAND.split(" ".join(name.split()))
    names, ends = parts[::2], [f"{{{one.strip()}}}" for one in parts[1:-1:2]]
    first = f"select day, '{names[0]}' as band, day as from_on, until as to_on from {ends[0]} a"
    between = [
        f"select a.day, '{band}', a.until, b.until from {begins} a join {ends} b on b.day = a.day"
        for band, (begins, ends) in zip(names[1:-1], pairwise(ends), strict=True)
    ]
    last = f"select day, '{names[-1]}', until, cast(null as date) from {ends[-1]} a"
    return "\nunion all\n".join([first, *between, last])
