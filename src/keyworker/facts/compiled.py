"""How functions that look at each of many rows are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def compiled(function: Compiled) -> Compiled:
    """Compile a function when it is first called, and keep what was compiled beside its module.

    Whoever may write neither there nor in their own cache folder compiles it anew in each process.
    """
    try:
        return cast(Compiled, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # "no locator available": there is nowhere to keep it
        return cast(Compiled, numba.njit(nogil=True)(function))
