"""Posts and recruitment that are kept here: writing them down, what was changed and why."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import refusal_to_keep_posts, require
from keyworker.actions import kept_posts
from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep
from keyworker.actions.questions.naming import NotKnown, known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.actions.reading import one_reading
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.kept_posts import KeptPost, KeptStep, is_post_known, kept_post
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.facts.teams import teams_at
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.homes import Kept


@dataclass(frozen=True)
class PostTold:
    """A post as it is kept. Takes handle, its own; teams, those of today, in which a post may be."""

    kept: KeptPost
    handle: str
    teams: tuple[TeamRef, ...]


class AboutKeptPosts(Opened):
    """Writing posts and recruitment down, where Keyworker is the home of the workforce."""

    def refusal_to_keep_posts(self) -> Refused | None:
        """Why the asker may not write posts down here, or None when they may. It serves the button too."""
        with one_reading(self.own):
            if not self._is_home_of(Kept.WORKFORCE):
                return Refused(
                    "Posts are kept in the workforce system, and read from its files here.",
                    remedy="Write it down there. It is shown here with the next files.",
                )
        return refusal_to_keep_posts(self.asker)

    def may_keep_posts(self) -> None:
        """Ask leave to write posts down. May refuse; that it was not given is logged."""
        with self._attempt("keeping posts"):
            require(self.refusal_to_keep_posts())

    def teams_for_posts(self) -> list[TeamRef]:
        """The teams of today, by name, in which a post may be."""
        self.may_keep_posts()
        return self._read("keeping posts", self._teams_of_today, nobody)

    def kept_post(self, named: str) -> PostTold:
        """One post as it is kept, with its steps and what was changed. Raises NotKnown of any other."""
        self.may_keep_posts()

        def read() -> PostTold:
            post_id = self._id(HandleKind.POST, named)
            kept = known(self._kept(post_id), HandleKind.POST)
            handle = handles_of(self.own, HandleKind.POST, [post_id])[post_id]
            return PostTold(kept, handle, tuple(self._teams_of_today()))

        return self._read("keeping posts", read, lambda told: {HandleKind.POST: [told.handle]})

    def is_post_known(self, post_id: str) -> bool:
        """Whether a number is taken."""
        self.may_keep_posts()
        return is_post_known(self.own, post_id)

    def write_post(self, wanted: WantedPost) -> str:
        """Write a new post down. Gives its handle. A form that is sent twice writes once.

        Raises  Refused; SentOtherwise; KeyworkerError for a post that says too little.
        """
        teams = {one.team_id for one in self.teams_for_posts()}
        wrong = kept_posts.problems(wanted, self._today.at)
        if wanted.team_id is not None and wanted.team_id not in teams:
            wrong["team"] = "Choose a team of today"
        kept_posts.require_none(wrong)
        if is_post_known(self.own, wanted.post_id):
            kept_posts.require_same_post(self._in_one_reading(lambda: self._kept(wanted.post_id)), wanted)
        else:
            try:
                kept_posts.write_post(self.own, self.asker, self.now, wanted)
            except AlreadyRecorded:
                kept_posts.require_same_post(self._in_one_reading(lambda: self._kept(wanted.post_id)), wanted)
        return handles_of(self.own, HandleKind.POST, [wanted.post_id])[wanted.post_id]

    def change_post(self, named: str, wanted: WantedChange) -> None:
        """Say what a post is from a day on, correct what stands, or close it; for a reason."""
        kept = self.kept_post(named).kept
        kept_posts.change_post(self.own, self.asker, self.now, wanted, kept, self._today.at)

    def write_post_step(self, named: str, wanted: WantedStep) -> None:
        """Write a step in filling a post down."""
        kept = self.kept_post(named).kept
        kept_posts.write_step(self.own, self.asker, self.now, kept, wanted, self._today.at)

    def correct_post_step(self, named: str, entry_id: int, wanted: WantedStep | None, change_id: str, why: str) -> None:
        """Correct a step for a reason, or withdraw one that was never taken. Raises NotKnown where none stands."""
        kept = self.kept_post(named).kept
        step = step_of(kept, entry_id)
        kept_posts.correct_step(self.own, self.asker, self.now, kept, step, wanted, (change_id, why), self._today.at)

    def _kept(self, post_id: str) -> KeptPost | None:
        """As it is kept, also what begins or ends on a day to come: it is written down beforehand."""
        return kept_post(self.own, lens_at(self.own, Moment(FAR)), post_id)

    def _teams_of_today(self) -> list[TeamRef]:
        teams = teams_at(self.connection, lens_at(self.connection, self._today))
        return sorted(teams.known.values(), key=lambda one: (one.name, one.team_id))


def step_of(kept: KeptPost, entry_id: int) -> KeptStep:
    """One step of a post by its entry. Raises NotKnown where none stands."""
    step = next((one for one in kept.steps if one.entry_id == entry_id), None)
    if step is None:
        raise NotKnown("No such step stands.", remedy="Open the post again.")
    return step
