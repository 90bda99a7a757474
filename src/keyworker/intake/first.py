"""The first load of a source that gives its tables one after the other: each is written while the next is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import psycopg

from keyworker.intake import set_aside
from keyworker.intake.compare import within_file
from keyworker.intake.contract import Opened
from keyworker.intake.gathering import Gathering
from keyworker.intake.recognise import Recognised
from keyworker.intake.staging import blocks
from keyworker.intake.waiting import Waiting
from keyworker.intake.wanted import Wanted, act_of
from keyworker.record.writer import ActResult, Counts, FirstLoad, first_load


@dataclass
class _First:
    """One such load: counts of the tables written, and where rows stand that clash."""

    load: FirstLoad
    wanted: Wanted
    counts: dict[str, Counts] = field(default_factory=dict)
    clashes: set_aside.Clashes = field(default_factory=set_aside.Clashes)

    def write(self, waiting: Waiting) -> None:
        """Write one table: every row is new, but those that the source holds twice."""
        first, clashing = within_file(waiting.numbers())
        clashes = self.clashes.add(waiting, clashing)
        chosen = first & ~clashing
        added = int(chosen.sum())
        unchanged = len(chosen) - added - clashes
        aside = waiting.set_aside + clashes
        if added:
            identifiers = None if clashes else waiting.identifiers  # those of rows that clash get no handle
            self.load.take(waiting.name, added, blocks(waiting, chosen, self.wanted.told("keep")), identifiers)
        self.counts[waiting.name] = Counts(added + unchanged + aside, added, 0, 0, unchanged, aside)


def load_first(
    connection: psycopg.Connection, found: Recognised, opened: Opened, wanted: Wanted, gathering: Gathering
) -> ActResult | None:
    """Load one source, all or nothing. None, before anything of it is read, when something of it is recorded already.

    Nobody else writes from before the first row is read: what is known of a source for the first time cannot be
    compared, so there is nothing to do outside the lock.
    """
    with first_load(connection, act_of(opened, wanted), wanted.now, opened.scope.tables) as load:
        if load is None:
            return None
        loading = _First(load, wanted)
        tables = replace(gathering, pack=True).gather(opened, loading.write)
        return load.close(
            dict(sorted(loading.counts.items())),
            set_aside.all_of(found, wanted, tables, loading.clashes),
            opened.notes,
        )
