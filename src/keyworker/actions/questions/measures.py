"""Questions about measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from keyworker.access import Thing, require
from keyworker.access.owed import refusal_of_why_away
from keyworker.actions.areas import Areas, areas_at, by_every_place
from keyworker.actions.measures import MeasureEngine, handles_behind, measure_of, reader_of, rows_of
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen, nobody
from keyworker.facts.ground import lens_at
from keyworker.facts.leaving_out import numbers_of
from keyworker.facts.moment import Moment
from keyworker.facts.reach import told_from
from keyworker.measures.estimated import estimated
from keyworker.measures.guarding import guarded, looked_over, may_be_parted
from keyworker.measures.judged import month_ends
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.behind import Behind
from keyworker.measures.registry import Belongs, Definition, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.told_from import with_reach

WORKERS = "workers"
"""What a definition says whose small numbers would show workers: its rows are of them."""


class AboutMeasures(Opened):
    """What is counted, by date and group."""

    def measure(
        self,
        name: str,
        asked: Asked,
        *,
        engine: MeasureEngine = MeasureEngine.POSTGRES,
        as_public: bool = False,
    ) -> list[MeasureRow]:
        """A measure for each date and group, with intervals; small numbers are kept from who is not responsible.

        Takes   as_public, whether to look with the eyes of somebody who is responsible for nothing.
        Raises  KeyworkerError for a name that no measure or group has; Refused for a question whose answer somebody who
                is not responsible could subtract from another.
        """

        def read() -> list[MeasureRow]:
            definition = shipped().definition(name)
            reader = reader_of(self.connection, self.asker, as_public=as_public)

            def count(one: Asked) -> list[MeasureRow]:
                return estimated(definition, measure_of(self.connection, name, one, engine))

            rows = with_reach(definition, asked.by, count(asked), self._told_from)
            return looked_over(definition, guarded(definition, asked, rows, reader, count), reader)

        return self._read("measures", read, nobody)

    def groups_offered(self, definition: Definition, groups: Sequence[str]) -> list[str]:
        """Those of some groups by which the asker is told a measure: nobody is led to a refusal."""
        reader = reader_of(self.connection, self.asker)
        return [one for one in groups if may_be_parted(definition, one, reader)]

    def behind(
        self,
        name: str,
        asked: Asked,
        *,
        part: str | None = None,
        group: Mapping[str, str | None] | None = None,
        engine: MeasureEngine = MeasureEngine.POSTGRES,
    ) -> list[Behind]:
        """The rows behind a measure's numbers: whom or what it counted, by the same SQL. Each child shown is logged.

        A number counts restricted children too; among the rows are only those for whom the asker is named.

        Takes   part, numerator, denominator or value (None: all); group, only this one (None as a value: not known).
        Of what counts workers, only the rows of those whose figures the asker may see.
        Raises  Refused for whoever may not see children, or asks on a page for a group that is not theirs, and for
                anybody where it would tell why a worker was away.
        """
        self._require_places("children", Thing.CHILDREN, of_places=True)
        definition = shipped().definition(name)
        with self._attempt("children"):
            require(refusal_of_why_away() if shipped().reads_why_away(definition.sql) else None)
        reader = reader_of(self.connection, self.asker)

        def read() -> tuple[list[Behind], Seen]:
            hidden = self._numbers_hidden()
            found = [
                one
                for one in rows_of(self.connection, name, asked, engine)
                if part in (None, one.part)
                and all(one.group.get(key) == value for key, value in (group or {}).items())
                and reader.answers_for(one.group)
                and hidden.isdisjoint((one.whose, one.subject_id))
            ]
            if definition.small_numbers == WORKERS:
                found = self._of_workers_seen(found)
            return found, handles_behind(self.connection, definition, found)

        rows, _ = self._read("children", read, lambda answer: answer[1])
        return rows

    def _of_workers_seen(self, rows: list[Behind]) -> list[Behind]:
        """A number names nobody; the rows behind one of workers go to the worker and the line of responsibility."""
        if self.sight(Thing.WORKER).everything:
            return rows
        who = [row.whose if row.belongs_to is Belongs.WORKER else row.subject_id for row in rows]
        seen = {one for one in set(who) if one and self.may_see_worker(Thing.WORKER, one)}
        return [row for row, one in zip(rows, who, strict=True) if one in seen]

    def areas(self, moment: Moment) -> Areas:
        """Supervision, load, cover, learning and vacancies in each area at a moment, and in the whole service.

        Whoever is not responsible for all of it is told of the last day of a month, as best known: two answers of days
        close to each other could else be subtracted.
        """

        def read() -> Areas:
            reader = reader_of(self.connection, self.asker)
            told = moment if reader.everything else Moment(month_ends(moment.at, 1)[0])

            def released(one: Definition, asked: Asked, rows: Sequence[MeasureRow]) -> list[MeasureRow]:
                reached = with_reach(one, asked.by, rows, self._told_from)

                def count(_: Asked) -> Sequence[MeasureRow]:
                    return by_every_place(self.connection, told)[one.name]

                return looked_over(one, guarded(one, asked, reached, reader, count), reader)

            return areas_at(self.connection, told, released)

        return self._read("areas", read, nobody)

    def _numbers_hidden(self) -> frozenset[str]:
        """What would point at a restricted child for whom the asker is not named: a subject may be a plan's number."""
        return numbers_of(self.connection, lens_at(self.connection, self._today), self.hidden())

    def _told_from(self, table: str, known_at: datetime | None) -> date | None:
        return told_from(self.connection, known_at, table)
