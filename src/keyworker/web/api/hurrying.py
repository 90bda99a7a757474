"""One deadline for a whole conversation over the network, also with somebody who answers a letter at a time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend


class Hurried(NetworkBackend):
    """A network that breaks every conversation off at one instant.

    Takes   seconds from now until then; clock, which tells seconds and never goes back.
    Raises  a TimeoutException of httpcore from whatever is still going on at that instant.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._ends = clock, clock() + seconds

    def left(self) -> float:
        """How many seconds are left. Raises ReadTimeout where none is."""
        left = self._ends - self._clock()
        if left <= 0:
            raise ReadTimeout("the answer took too long")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the library's signature: what is left counts
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect, as long as time is left."""
        found = SyncBackend().connect_tcp(host, port, self.left(), local_address, socket_options)
        return _HurriedStream(found, self)


class _HurriedStream(NetworkStream):
    """A connection of which every step has what is left of the one deadline, and no more."""

    def __init__(self, stream: NetworkStream, network: Hurried) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._network.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._network.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._network.left())
        return _HurriedStream(secured, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
