"""Questions about teams and the whole service."""

from __future__ import annotations

from datetime import date, datetime

from keyworker.access import Thing
from keyworker.actions.pictures import LOOKED, service_picture, team_picture
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen, children_of, nobody
from keyworker.actions.stories import story_of_team
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.stories import TeamStory
from keyworker.measures.pictures import ServicePicture, TeamPicture
from keyworker.record.log import last_read
from keyworker.vocabulary.errors import KeyworkerError


def _shown(picture: TeamPicture) -> Seen:
    """A team's children, its workers and whoever supervises them."""
    people = (*picture.workers, *picture.supervisors)
    return {**children_of(picture.children), HandleKind.WORKER: [row.worker.handle for row in people]}


class AboutTeams(Opened):
    """A team, its time through reorganisations, and the service."""

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        """A team at a moment and what moved since a day; the asker's own team when none is named."""

        def read() -> TeamPicture:
            team_id = self._team_id(named, Thing.TEAM)
            first = since or moment.at - LOOKED
            return team_picture(self.connection, moment, team_id, since=first, asker=self.asker, may_see=self.narrowed)

        return self._read("team", read, _shown)

    def team_story(self, named: str, moment: Moment) -> TeamStory:
        """A team through each reorganisation, with its forebears and heirs.

        Raises  KeyworkerError when no team is known by that name, in the same words whatever the reason.
        """

        def read() -> TeamStory:
            team_id = known(self._team_id(named, Thing.TEAM), HandleKind.TEAM)
            return known(story_of_team(self.connection, moment, team_id), HandleKind.TEAM)

        return self._read("team", read, lambda story: {HandleKind.TEAM: [story.team.handle]})

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        """The whole service by district or by team at a moment, beside an earlier one where it is wanted."""
        if by not in {"district", "team"}:
            raise KeyworkerError(
                "The service parts by district or by team.", where="--by", remedy="Write district or team."
            )
        return self._read("service", lambda: service_picture(self.connection, moment, by, then), nobody)

    def last_looked(self, route: str, before: datetime) -> datetime | None:
        """When the asker last opened a kind of page, before an instant; None when never. From their own access log."""
        return last_read(self.own, self.asker.account, self.asker.door, route, before)
