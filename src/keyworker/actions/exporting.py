"""An export while it is written: listed once its files are there, or taken back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg

from keyworker.access import Asker, Audience
from keyworker.actions.exports import Export, ExportedFile, State, keep, measured, remove_empty
from keyworker.facts.days import london_day
from keyworker.facts.export_life import export_life


class Exporting:
    """An export while it is written."""

    def __init__(self, home: Path, export: Export) -> None:
        self._home = home
        self._export = export

    def add(self, paths: Iterable[Path], *, folder: Path | None = None) -> None:
        """Say which files it wrote, and the folder that it made for them."""
        more = tuple(measured(path.absolute()) for path in paths)
        made = str(folder.absolute()) if folder else self._export.folder
        self._export = replace(self._export, files=self._export.files + more, folder=made)

    def add_elsewhere(self, name: str, content: bytes) -> None:
        """Say which file was given to somebody who keeps it elsewhere."""
        file = ExportedFile(name, len(content), hashlib.sha256(content).hexdigest())
        self._export = replace(self._export, files=(*self._export.files, file))

    @property
    def has_files(self) -> bool:
        """Whether it wrote anything."""
        return bool(self._export.files)

    def keep(self) -> None:
        """List it, if it wrote anything."""
        if self.has_files:
            keep(self._home, self._export)

    def take_back(self) -> None:
        """Remove what it wrote: what cannot be listed does not leave."""
        for file in self._export.files:
            if file.state is State.HERE:
                Path(file.path).unlink()
        if self._export.folder:
            remove_empty(Path(self._export.folder))


@contextmanager
def exporting(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    home: Path,
    what: str,
    *,
    identifying: bool,
    for_whom: Audience,
) -> Iterator[Exporting]:
    """Within it files are written out, each said once it is there; they are listed, or none of them stays."""
    life = export_life(connection, london_day(now))
    name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    made = Export(name, what, now, now + life, asker.account, asker.purpose, asker.door, identifying, (), for_whom.says)
    export = Exporting(home, made)
    try:
        yield export
        export.keep()
    except BaseException:
        export.take_back()
        raise
