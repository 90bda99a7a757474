"""How functions that look at each of many rows are compiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import Any, TypeVar, cast

from keyworker.facts.heap import without_the_compiler
from keyworker.facts.unlooked import not_found

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def compiled(function: Compiled) -> Compiled:
    """Compile a function when it is first called, and keep what was compiled beside its module.

    Whoever may write neither there nor in their own cache folder compiles it anew in each process. The compiler itself
    is loaded no sooner than that: most commands never call one.
    """
    return cast(Compiled, _Compiled(function))


class _Compiled:
    """A function and, once it was called, what it was compiled to."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._loaded = 0
        update_wrapper(self, function)

    def __call__(self, *given: Any) -> Any:
        found = self._dispatcher(*given)
        if (loaded := len(self._dispatcher.overloads)) > self._loaded:
            self._loaded = loaded
            without_the_compiler()
        return found

    @property
    def _numba_type_(self) -> Any:
        # The compiler asks for this of a function that another one calls.
        return self._dispatcher._numba_type_

    @cached_property
    def _dispatcher(self) -> Any:
        # SciPy is 17 MiB, of which the compiler wants a version and products of matrices, which nothing here takes.
        with not_found("scipy"):
            import numba
            import numba.np.arraymath

        try:
            return numba.njit(cache=True, nogil=True)(self._function)
        except RuntimeError:  # "no locator available": there is nowhere to keep it
            return numba.njit(nogil=True)(self._function)
