"""Several things side by side: compiled passes and engines leave the interpreter to others while they work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
MOST = 2
"""Of so many things each holds what it needs at once. With twice as many a session held 20 to 30 MiB more and took as
long, by the clock and of the processor: one of two waits for an engine, and the engine has threads of its own."""


def side_by_side(tasks: Iterable[Callable[[], Given]]) -> list[Given]:
    """Do some things side by side, a few at a time, and give what each gives, in their order.

    Raises  what the first of them raises, once those that began are done; what did not begin is left.
    """
    some = list(tasks)
    if len(some) == 1:
        return [some[0]()]
    with ThreadPoolExecutor(MOST, thread_name_prefix="measure") as threads:
        waiting = [threads.submit(task) for task in some]
        try:
            return [one.result() for one in waiting]
        finally:
            threads.shutdown(cancel_futures=True)
