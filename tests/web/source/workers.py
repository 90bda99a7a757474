"""Made up: what pages ask about workers, posts and teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.questions.staff import AboutMe
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.facts.stories import PostRow, PostStory, TeamStory, WorkerStory
from keyworker.measures.pictures import TeamPicture
from keyworker.vocabulary.errors import KeyworkerError
from tests.web import fictional as made_up
from tests.web import made_posts, made_service, made_teams, made_workers
from tests.web.source.made import Made


class Workers(Made):
    """What pages ask about workers, posts and teams."""

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        if named is not None and named.startswith("nobody"):
            raise KeyworkerError("No worker is known by that name at that moment.", remedy="Check the address.")
        return made_workers.nobody_at_work() if self.empty else made_workers.worker()

    def post(self, named: str, moment: Moment) -> PostStory:
        return made_posts.no_post() if self.empty else made_posts.post()

    def posts(
        self, moment: Moment, *, team: str | None = None, district: str | None = None
    ) -> tuple[list[PostRow], tuple[SourceAge, ...]]:
        rows = [
            made_posts.post_row(),
            made_posts.post_row(78, uncovered=0.0, empty_since=made_up.ago(700), since_reach=True, last_step=None),
            made_posts.post_row(79, vacant=0.0, uncovered=0.0, empty_since=None, held_by=(made_up.REID,)),
        ]
        return ([], ()) if self.empty else (rows, made_up.SOURCES)

    def team_story(self, named: str, moment: Moment) -> TeamStory:
        return made_teams.no_team() if self.empty else made_teams.team_story()

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        picture = made_service.team_picture(moment=moment, since=since or made_up.ago(7))
        if self.empty:
            return replace(picture, changes=(), workers=(), children=(), unallocated=(), sources=(), supervisors=())
        return picture

    def last_looked(self, route: str, before: datetime) -> datetime | None:
        return None if self.empty else datetime(2026, 11, 19, 8, 30, tzinfo=UTC)

    def needs_me(self) -> list[Needing]:
        return [] if self.empty else [Needing(what, place) for place, what in enumerate(Need, 1)]

    def about_me(self, moment: Moment) -> AboutMe:
        return AboutMe() if self.empty else made_workers.about_me()
