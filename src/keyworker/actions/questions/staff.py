"""Questions about workers and posts: each one's time with the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from keyworker.access import NOTHING, Thing, worker_of
from keyworker.actions.exceptions import is_asked
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import children_of
from keyworker.actions.stories import posts_of, story_of_post, story_of_worker
from keyworker.actions.whole import of_worker
from keyworker.clocks.engine import Reading, readings
from keyworker.clocks.readings import State
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, WorkerRow
from keyworker.facts.sources import source_ages
from keyworker.facts.stories import PostRow, PostStory, WorkerStory
from keyworker.facts.supervisors import in_role_since

OPEN = (State.OVERDUE, State.RUNNING, State.CANNOT_TELL)


@dataclass(frozen=True)
class AboutMe:
    """What others may see of a worker beside their work over time.

    Takes   duties, the worker's own that are open; supervised, whom they supervise; in_role_since, by worker.
    """

    duties: tuple[Reading, ...] = ()
    supervised: tuple[WorkerRow, ...] = ()
    in_role_since: Mapping[str, date] = field(default_factory=dict)


class AboutStaff(Opened):
    """A worker's and a post's time with the service."""

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        """One worker's whole time with the service; the asker's own when none is named.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason;
                Refused for whoever may see no worker's figures, not even their own.
        """
        self._require_places("worker", Thing.WORKER, of_places=False)
        mine = worker_of(self.asker, "there is no work of yours to show") if named is None else None

        def read() -> WorkerStory:
            found_id = mine if named is None else self._worker_id(named)
            story = known(
                story_of_worker(self.connection, moment, known(found_id, HandleKind.WORKER)), HandleKind.WORKER
            )
            told = self._absence_as_told(story, is_own=found_id == self.asker.worker_id)
            return replace(told, children_now=tuple(self.narrowed(moment, story.children_now, Thing.CHILD)))

        return self._read(
            "worker",
            read,
            lambda story: {HandleKind.WORKER: [story.worker.handle], **children_of(story.children_now)},
        )

    def _absence_as_told(self, story: WorkerStory, *, is_own: bool) -> WorkerStory:
        """A worker's time as the asker is told it: an absence that has ended, and how many days were lost, only to the
        worker and whoever keeps staff; to the line of responsibility until when somebody is away, or will be.
        """
        if is_own or self.sight(Thing.KEEPING_STAFF) != NOTHING:
            return story
        going_on = tuple(one for one in story.absences if one.to_on is None or one.to_on > self._today.at)
        months = tuple(replace(month, away_days=None) for month in story.months)
        return replace(story, absences=going_on, months=months, past_absence_told=False)

    def about_me(self, moment: Moment) -> AboutMe:
        """What others may see of the asker beside their time: what is due to them, and whom they supervise."""
        self._require_places("worker", Thing.WORKER, of_places=False)
        mine = worker_of(self.asker, "there is no work of yours to show")

        def read() -> AboutMe:
            supervised = of_worker(self.connection, moment, mine).workers
            ids = [row.worker.worker_id for row in supervised]
            lens = lens_at(self.connection, moment)
            duties = readings(self.connection, moment, worker_ids=[mine])
            return AboutMe(
                tuple(one for one in duties if one.state in OPEN and is_asked(one)),
                tuple(supervised),
                in_role_since(self.connection, lens, ids) if ids else {},
            )

        return self._read(
            "worker", read, lambda found: {HandleKind.WORKER: [row.worker.handle for row in found.supervised]}
        )

    def post(self, named: str, moment: Moment) -> PostStory:
        """One post's whole time on the establishment.

        Raises  KeyworkerError when no post is known by that name, in the same words whatever the reason.
        """

        def read() -> PostStory:
            post_id = self._id(HandleKind.POST, named)
            return known(story_of_post(self.connection, moment, post_id), HandleKind.POST)

        return self._read("posts", read, lambda story: {HandleKind.POST: [story.post.handle]})

    def posts(
        self, moment: Moment, *, team: str | None = None, district: str | None = None
    ) -> tuple[list[PostRow], tuple[SourceAge, ...]]:
        """Every post at a moment, and how old the sources are.

        Takes   team, its handle or for a command its number; district, its name, empty for posts that are in no team;
                neither for every post.
        """

        def read() -> tuple[list[PostRow], tuple[SourceAge, ...]]:
            team_id = self._id_if_named(HandleKind.TEAM, team)
            rows = posts_of(self.connection, moment, team_id=team_id, district=district)
            return rows, tuple(source_ages(self.connection))

        return self._read("posts", read, lambda found: {HandleKind.POST: [row.post.handle for row in found[0]]})
