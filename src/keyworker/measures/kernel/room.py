"""Room for long columns: asked of the system as few large pages, and given back to it as soon as nobody looks at it.

What a column of millions of numbers costs is, at first, that the system clears its pages one by one as they are
touched; and what the allocator of the process keeps of freed memory, others of its threads never use.
"""

from __future__ import annotations

import mmap
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

LARGE = 1 << 21
"""The bytes of a large page."""
_HAS_LARGE = hasattr(mmap, "MADV_HUGEPAGE")


def room(shape: int | tuple[int, ...], kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """An array whose numbers mean nothing yet."""
    return _mapped(shape, np.dtype(kind)) if _is_long(shape, kind) else np.empty(shape, kind)


def noughts(shape: int | tuple[int, ...], kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """An array of noughts."""
    return _mapped(shape, np.dtype(kind)) if _is_long(shape, kind) else np.zeros(shape, kind)


def _is_long(shape: int | tuple[int, ...], kind: npt.DTypeLike) -> bool:
    return _HAS_LARGE and _count(shape) * np.dtype(kind).itemsize >= LARGE


def _count(shape: int | tuple[int, ...]) -> int:
    return shape if isinstance(shape, int) else prod(shape)


def _mapped(shape: int | tuple[int, ...], kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """Pages that are all noughts. The last of them are small ones, so that no more is taken than is touched."""
    count = _count(shape)
    whole = count * kind.itemsize // LARGE * LARGE
    # Only what is as long as large pages are is put where they may lie.
    pages = mmap.mmap(-1, whole + LARGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    pages.madvise(mmap.MADV_HUGEPAGE, 0, whole)
    return np.frombuffer(pages, kind, count).reshape(shape)
