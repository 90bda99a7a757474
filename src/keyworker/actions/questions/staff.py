"""Questions about workers and posts: each one's time with the service."""

from __future__ import annotations

from dataclasses import replace

from keyworker.access import Thing, worker_of
from keyworker.actions.questions.opened import Opened, known
from keyworker.actions.questions.seen import children_of
from keyworker.actions.stories import posts_of, story_of_post, story_of_worker
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.facts.sources import source_ages
from keyworker.facts.stories import PostRow, PostStory, WorkerStory


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
            return replace(story, children_now=tuple(self.narrowed(moment, story.children_now, Thing.CHILD)))

        return self._read(
            "worker",
            read,
            lambda story: {HandleKind.WORKER: [story.worker.handle], **children_of(story.children_now)},
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
