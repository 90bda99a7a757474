"""A server that says it is an old PostgreSQL, as far as a client's greeting goes."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body


def _greet(listener: socket.socket, version: str) -> None:
    with listener.accept()[0] as client:
        client.recv(8192)
        settings = {"server_version": version, "client_encoding": "UTF8", "standard_conforming_strings": "on"}
        told = [_message(b"S", f"{name}\0{value}\0".encode()) for name, value in settings.items()]
        allowed, key, ready = _message(b"R", bytes(4)), _message(b"K", bytes(8)), _message(b"Z", b"I")
        client.sendall(b"".join([allowed, *told, key, ready]))
        client.recv(8192)


@contextmanager
def old_server(folder: Path, version: str) -> Iterator[str]:
    """Serve one greeting on a socket in the folder; gives its address."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / ".s.PGSQL.5432"))
        listener.listen()
        thread = threading.Thread(target=_greet, args=(listener, version), daemon=True)
        thread.start()
        yield f"postgresql://someone@/anything?host={folder}"
        thread.join(10)
