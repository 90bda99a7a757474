"""Questions about visits that were not made in time: one child's, shares by place, and the visits behind a share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from keyworker.access import Thing
from keyworker.actions.measures import reader_of
from keyworker.actions.missed import (
    BY,
    MissedShares,
    MissedVisit,
    answers_for,
    missed_of,
    missed_visits,
    place_of,
    shares_by,
)
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen, children_of, nobody
from keyworker.clocks.missed import Coincided, Missed
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.teams import teams_at
from keyworker.vocabulary.errors import KeyworkerError, Refused


class AboutMissed(Opened):
    """Which visits were not made in time, and what the record shows of those days."""

    def missed(self, moment: Moment, *, child: str) -> list[Missed]:
        """The visits to one child that were not made in time, and what coincided."""

        def read() -> tuple[list[Missed], Seen]:
            child_id = self._child_id(child)
            handles = handles_of(self.connection, HandleKind.CHILD, [child_id]).values()
            return missed_of(self.connection, moment, child_id), {HandleKind.CHILD: handles}

        return self._read("clocks", read, lambda found: found[1])[0]

    def missed_shares(self, moment: Moment, since: date | None = None, *, by: str = "district") -> MissedShares:
        """By district or team, with how many of the visits that were not made in time each thing coincided.

        Whoever does not answer for a place sees no figure of it.
        """
        if by not in BY:
            raise KeyworkerError(
                "Missed visits part by district or by team.", where="--by", remedy="Write district or team."
            )
        reader = reader_of(self.connection, self.asker)
        return self._read("service", lambda: shares_by(self.connection, moment, reader, by=by, since=since), nobody)

    def missed_visits(
        self,
        moment: Moment,
        since: date | None = None,
        *,
        district: str | None = None,
        team: str | None = None,
        what: Coincided | None = None,
    ) -> list[MissedVisit]:
        """The visits behind a share, newest first; each child shown is logged.

        Takes   district, its name, empty for children who are with no team; team, its handle or for a command its
                number; what, only those with which this coincided.
        Raises  Refused for whoever may see no children, or does not answer for the place.
        """
        self._require_places("missed", Thing.CHILDREN, of_places=True)
        reader = reader_of(self.connection, self.asker)

        def read() -> list[MissedVisit]:
            team_id = self._id_if_named(HandleKind.TEAM, team)
            ref = teams_at(self.connection, lens_at(self.connection, moment)).ref(team_id)
            if not answers_for(reader, ref.district if ref else district, ref):
                raise Refused(
                    "These visits are shown to those who answer for the place.",
                    where="missed visits",
                    remedy="Open those of a district or team that is yours.",
                )
            found = [
                one
                for one in missed_visits(self.connection, moment, since)
                if (district is None or place_of(one.child, "district")[0] == district)
                and (team_id is None or (one.child.team is not None and one.child.team.team_id == team_id))
                and (what is None or what in one.missed.kinds)
            ]
            shown = {row.child_id: row for row in self.narrowed(moment, (one.child for one in found))}
            return [replace(one, child=shown[one.child.child_id]) for one in found if one.child.child_id in shown]

        return self._read("missed", read, lambda found: children_of(one.child for one in found))
