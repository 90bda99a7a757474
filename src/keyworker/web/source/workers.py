"""What pages ask about workers, posts and teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from keyworker.actions.questions.needs import Needing
from keyworker.actions.questions.staff import AboutMe
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.facts.stories import PostRow, PostStory, TeamStory, WorkerStory
from keyworker.measures.pictures import TeamPicture


class Workers(Protocol):
    """What pages ask about workers, posts and teams."""

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        """One team; the person's own when none is named."""

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        """One worker's whole time with the service; the person's own when none is named."""

    def about_me(self, moment: Moment) -> AboutMe:
        """What others may see of the person beside their work over time."""

    def post(self, named: str, moment: Moment) -> PostStory:
        """One post's whole time on the establishment."""

    def posts(
        self, moment: Moment, *, team: str | None = None, district: str | None = None
    ) -> tuple[Sequence[PostRow], tuple[SourceAge, ...]]:
        """Every post, or those of a team or district, and how old the sources are."""

    def team_story(self, named: str, moment: Moment) -> TeamStory:
        """One team through each reorganisation."""

    def last_looked(self, route: str, before: datetime) -> datetime | None:
        """When this person last opened a kind of page, before an instant; None when never."""

    def needs_me(self) -> Sequence[Needing]:
        """What needs the person today, in order."""
