"""Questions about workers and posts: each one's time with the service."""

from __future__ import annotations

from keyworker.access import refusal_to_see_worker, require, worker_of
from keyworker.actions.questions.opened import Opened, known
from keyworker.actions.questions.seen import children_of
from keyworker.actions.stories import posts_of, story_of_post, story_of_worker
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.facts.sources import source_ages
from keyworker.facts.stories import PostRow, PostStory, WorkerStory
from keyworker.facts.workers import supervised_by
from keyworker.vocabulary.errors import Refused


class AboutStaff(Opened):
    """A worker's and a post's time with the service."""

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        """One worker's whole time with the service; the asker's own when none is named.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason;
                Refused when the asker is neither that worker, nor supervises them, nor may see any worker.
        """
        if named is None:
            worker_id: str | None = worker_of(self.asker, "there is no work of yours to show")
        else:
            worker_id = self._found(HandleKind.WORKER, named)
        # Asked before it is said whether anybody is known by that name.
        require(self._refusal_to_see_worker(worker_id, moment))

        def read() -> WorkerStory:
            found_id = known(worker_id, HandleKind.WORKER)
            return known(story_of_worker(self.connection, moment, found_id), HandleKind.WORKER)

        return self._read(
            "worker",
            read,
            lambda story: {HandleKind.WORKER: [story.worker.handle], **children_of(story.children_now)},
            allowed=True,
        )

    def _refusal_to_see_worker(self, worker_id: str | None, moment: Moment) -> Refused | None:
        mine = self.asker.worker_id
        supervises = mine is not None and worker_id in supervised_by(
            self.connection, lens_at(self.connection, moment), mine
        )
        return refusal_to_see_worker(self.asker, worker_id or "", supervises=supervises)

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
