"""What becomes of a load that is refused or stopped: nothing of it is kept, and it is listed with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from keyworker.intake.report import LoadReport
from keyworker.record.refused import RefusedLoad, keep_refused
from keyworker.vocabulary.disk import in_words
from keyworker.vocabulary.errors import FileRefused, KeyworkerError

Told = Callable[[RefusedLoad, Sequence[LoadReport]], None]


class NotThere(FileRefused):
    """A path at which there is nothing: a slip of the fingers, and no file to list."""


@dataclass(frozen=True)
class Refusing:
    """How refusals of one load are kept.

    Takes   told, who else wants to know, with the loads that were made before.
    """

    connection: psycopg.Connection
    now: datetime
    author: str
    purpose: str
    told: Told | None = None

    @contextmanager
    def of(self, path: Path, loaded: Sequence[LoadReport] = ()) -> Iterator[None]:
        """Within it, a refusal of the file at this path is listed, and then raised."""
        try:
            yield
        except (KeyworkerError, OSError) as error:
            refusal = error if isinstance(error, KeyworkerError) else in_words(error)
            if refusal is None:
                raise
            if loaded:
                before = ", ".join(f"{report.source} (load {report.act_id})" for report in loaded)
                refusal.remedy += f" Loaded before this, and kept: {before}."
            self._keep(path, refusal, loaded, is_refused=isinstance(error, (FileRefused, OSError)))
            raise refusal from error.__cause__

    def _keep(self, path: Path, error: KeyworkerError, loaded: Sequence[LoadReport], *, is_refused: bool) -> None:
        refused = RefusedLoad(
            self.now,
            "refused" if is_refused else "stopped",
            self.author,
            self.purpose,
            path.name or str(path),
            error.where,
            error.what,
            error.remedy,
        )
        if not isinstance(error, NotThere):
            try:
                self.connection.rollback()
                keep_refused(self.connection, refused)
            except psycopg.Error:
                error.remedy += " This could not be listed among the loads, for the record does not answer."
        if self.told:
            self.told(refused, loaded)
