"""Work at once, in order: pieces are made while others are used, side by side, and followed up behind them."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
AT_ONCE = 2
WAITING = 2  # pieces made and not yet used; each may be tens of megabytes


@dataclass(frozen=True)
class _End:
    """The last thing that a maker says: that it is done, or what went wrong."""

    error: BaseException | None = None


def ahead(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The same items in the same order, made in a thread of their own. What goes wrong there is raised here."""
    made: queue.Queue[Item | _End] = queue.Queue(WAITING)
    stopped = threading.Event()

    def put(item: Item | _End) -> None:
        while not stopped.is_set():
            with suppress(queue.Full):
                made.put(item, timeout=0.1)
                return

    def make() -> None:
        end = _End()
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    return
        except BaseException as error:  # whatever it is, it belongs to the reader's thread
            end = _End(error)
        put(end)

    maker = threading.Thread(target=make, name="reading ahead", daemon=True)
    maker.start()
    try:
        while not isinstance(item := made.get(), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        stopped.set()
        maker.join()


def side_by_side(work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
    """What `work` makes of each item, in the items' order, two at once: the libraries let go of the interpreter."""
    waiting: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="typing") as pool:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class Following(Generic[Item]):
    """Does further work with each item in a thread of its own, one at a time in order, while others are made.

    When its block ends, all is done, or what went wrong is raised; a block that fails has the rest let go.
    """

    def __init__(self, work: Callable[[Item], None]) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="following")
        self._given: list[Future[None]] = []

    def do(self, item: Item) -> None:
        """Hand over one item. Raises what went wrong with an earlier one, if that is known already."""
        for one in self._given:
            if one.done():
                one.result()
        self._given.append(self._pool.submit(self._work, item))

    def __enter__(self) -> Following[Item]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            for one in self._given:
                one.result()
