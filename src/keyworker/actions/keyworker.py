"""The one door to the record: who asks, what for, in one transaction, logged before anything is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import psycopg

from keyworker.access import Asker, refusal_to_see_route, refusal_to_see_worker, require
from keyworker.actions.clocks import SOON, Due, Tried, Whose, due_to, missed_by, rules_at, shares_by, tried
from keyworker.actions.clocks import handles as handles_of_due
from keyworker.actions.exporting import Exporting, exporting
from keyworker.actions.loads import LoadLine, loads
from keyworker.actions.measures import MeasureEngine, measure_of
from keyworker.actions.my_children import MyChildren, my_children
from keyworker.actions.pictures import LOOKED, meanings_at, quality_at, service_picture, team_picture
from keyworker.actions.reading import one_reading
from keyworker.actions.stories import posts_of, story_of_post, story_of_team, story_of_worker
from keyworker.actions.whole import whole_at
from keyworker.clocks.children import children_at
from keyworker.clocks.counting import Method
from keyworker.clocks.engine import Reading, readings
from keyworker.clocks.missed import Missed
from keyworker.clocks.story import story_at
from keyworker.facts.frames import frames
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of, id_of, is_known
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, Story
from keyworker.facts.siblings import together
from keyworker.facts.sources import absent, source_ages
from keyworker.facts.stories import PostRow, PostStory, TeamStory, Together, WorkerStory
from keyworker.facts.workers import supervised_by
from keyworker.intake.meaning import Found, write_workbook
from keyworker.intake.mending import write_out
from keyworker.measures.counted import Counted, counted
from keyworker.measures.passes.asked import Asked
from keyworker.measures.pictures import ServicePicture, TeamPicture
from keyworker.measures.quality import Finding
from keyworker.measures.rows import MeasureRow
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.home import home as default_home
from keyworker.record.log import log_read
from keyworker.record.refused import RefusedLoad, refused_loads
from keyworker.returns import Written, write
from keyworker.vocabulary.errors import KeyworkerError, Refused

T = TypeVar("T")


class Keyworker:
    """The record, opened by one asker for one purpose.

    Takes   connection in the application's role; now, the instant of asking, which is logged;
            home, the data folder, in which exports are listed (KEYWORKER_HOME when absent).
    """

    def __init__(self, asker: Asker, connection: psycopg.Connection, now: datetime, home: Path | None = None) -> None:
        self.asker = asker
        self.connection = connection
        self.now = now
        self.home = home

    @classmethod
    def open(cls, asker: Asker, *, now: datetime, home: Path | None = None) -> Keyworker:
        """Open the record of a data folder (KEYWORKER_HOME when absent), or the one that DATABASE_URL names."""
        upgrade.ready(home)
        return cls(asker, connect(DatabaseRole.APPLICATION, home=home, autocommit=True), now, home)

    def __enter__(self) -> Keyworker:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def children(
        self, moment: Moment, *, worker_id: str | None = None, team_id: str | None = None, district: str | None = None
    ) -> list[ChildRow]:
        """Every open child at a moment, or those of one worker, team or district."""
        if worker_id is None and team_id is None and district is None:
            return self._read("children", lambda: whole_at(self.connection, moment).children, _handles)
        return self._read(
            "children",
            lambda: children_at(self.connection, moment, worker_id=worker_id, team_id=team_id, district=district),
            _handles,
        )

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[list[ChildRow], tuple[SourceAge, ...]]:
        """The children behind a number of the service's page, and how old the sources are.

        Takes   district, its name, empty for children who are with no team; team, its handle; neither for everybody.
        """
        rows, ages = self._read(
            "children",
            lambda: (
                counted(whole_at(self.connection, moment).children, what, district=district, team=team),
                tuple(source_ages(self.connection)),
            ),
            lambda found: _handles(found[0]),
        )
        return rows, ages

    def my_children(self, moment: Moment) -> MyChildren:
        """The asker's own children, parted by how they hold them, and whom they supervise."""
        require(refusal_to_see_route(self.asker, "my children"))
        worker_id = self.asker.worker_id
        if worker_id is None:
            raise KeyworkerError(
                "This sign-in belongs to no worker, so it holds no children.",
                remedy="Ask the analyst who keeps the roles to say which worker it is.",
            )
        return self._read(
            "my children", lambda: my_children(self.connection, moment, worker_id), lambda mine: _handles(mine.every())
        )

    def child(self, named: str, moment: Moment) -> Story:
        """One child's whole time with the service, by handle, or by identifier for a command or Python.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """
        return self._read("child", lambda: self._story(named, moment), lambda story: [story.handle])

    def together(self, named: str, moment: Moment) -> tuple[Together, ...]:
        """A child and their brothers and sisters side by side, never across an adoption; the child first.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """

        def read() -> tuple[Together, ...]:
            child_id = self._id(HandleKind.CHILD, named)
            if child_id is None:
                raise _no_child()
            lens = lens_at(self.connection, moment)
            return together(self.connection, lens.of([lens.root(child_id)]))

        return self._read("child", read, lambda found: [one.handle for one in found])

    def _story(self, named: str, moment: Moment) -> Story:
        child_id = self._id(HandleKind.CHILD, named)
        story = story_at(self.connection, moment, child_id) if child_id else None
        if story is None:
            raise _no_child()
        return story

    def _id(self, kind: HandleKind, named: str) -> str | None:
        found_id = id_of(self.connection, kind, named)
        if found_id is None and not self.asker.is_on_a_page and is_known(self.connection, kind, named):
            return named
        return found_id

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        """A team at a moment and what moved since a day; the asker's own team when none is named."""
        return self._read(
            "team",
            lambda: team_picture(
                self.connection, moment, self._team_id(named), since=since or moment.at - LOOKED, asker=self.asker
            ),
            lambda picture: _handles(picture.children),
        )

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        """One worker's whole time with the service; the asker's own when none is named.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason;
                Refused when the asker is neither that worker, nor supervises them, nor may see any worker.
        """
        worker_id = self._id(HandleKind.WORKER, named) if named is not None else self.asker.worker_id
        if worker_id is None and named is None:
            raise KeyworkerError(
                "This sign-in belongs to no worker, so there is no work of yours to show.",
                remedy="Ask the analyst who keeps the roles to say which worker it is.",
            )
        require(self._refusal_to_see_worker(worker_id, moment))

        def read() -> WorkerStory:
            story = story_of_worker(self.connection, moment, worker_id) if worker_id else None
            if story is None:
                raise KeyworkerError(
                    "No worker is known by that name at that moment.",
                    remedy="Check the address, or look at a later moment.",
                )
            return story

        return self._read(
            "worker",
            read,
            lambda story: [story.worker.handle, *_handles(story.children_now)],
            kind="worker",
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
            story = story_of_post(self.connection, moment, post_id) if post_id else None
            if story is None:
                raise KeyworkerError(
                    "No post is known by that name at that moment.",
                    remedy="Check the address, or look at a later moment.",
                )
            return story

        return self._read("posts", read, lambda story: [story.post.handle], kind="post")

    def posts(
        self, moment: Moment, *, team: str | None = None, district: str | None = None
    ) -> tuple[list[PostRow], tuple[SourceAge, ...]]:
        """Every post at a moment, and how old the sources are.

        Takes   team, its handle or for a command its number; district, its name, empty for posts that are in no team;
                neither for every post.
        """

        def read() -> tuple[list[PostRow], tuple[SourceAge, ...]]:
            rows = posts_of(self.connection, moment, team_id=self._team_id(team), district=district)
            return rows, tuple(source_ages(self.connection))

        return self._read("posts", read, lambda found: [row.post.handle for row in found[0]], kind="post")

    def team_story(self, named: str, moment: Moment) -> TeamStory:
        """A team through each reorganisation, with its forebears and heirs.

        Raises  KeyworkerError when no team is known by that name.
        """

        def read() -> TeamStory:
            team_id = self._team_id(named)
            story = story_of_team(self.connection, moment, team_id) if team_id else None
            if story is None:
                raise KeyworkerError("Nothing was known of that team at that moment.", remedy="Look at a later moment.")
            return story

        return self._read("team", read, lambda story: [story.team.handle], kind="team")

    def last_looked(self, route: str, before: datetime) -> datetime | None:
        """When the asker last opened a kind of page, before an instant; None when never. From their own access log."""
        row = self.connection.execute(
            "select max(at) from record.access_log where account = %s and route = %s and door = %s and at < %s",
            (self.asker.account, route, self.asker.door, before),
        ).fetchone()
        return row[0] if row else None

    def _team_id(self, named: str | None) -> str | None:
        if named is None:
            return None
        team_id = self._id(HandleKind.TEAM, named)
        if team_id is None:
            raise KeyworkerError("No team is known by that name.", remedy="Choose one from the service's page.")
        return team_id

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        """The whole service by district or by team at a moment, beside an earlier one where it is wanted."""
        if by not in {"district", "team"}:
            raise KeyworkerError(
                "The service parts by district or by team.", where="--by", remedy="Write district or team."
            )
        return self._read("service", lambda: service_picture(self.connection, moment, by, then), lambda _: [])

    def clocks(
        self,
        moment: Moment,
        *,
        child: str | None = None,
        worker: str | None = None,
        rules: Collection[str] | None = None,
    ) -> list[Reading]:
        """Where every duty to a child, or of a worker, stands; by handle, or by identifier for a command."""
        return self._read(
            "clocks",
            lambda: self._readings(moment, child, worker, rules),
            lambda _: self._handle(child) if child else [],
        )

    def _readings(
        self, moment: Moment, child: str | None, worker: str | None, rules: Collection[str] | None
    ) -> list[Reading]:
        child_id = self._id(HandleKind.CHILD, child) if child else None
        worker_id = self._id(HandleKind.WORKER, worker) if worker else None
        if (child and child_id is None) or (worker and worker_id is None):
            raise KeyworkerError("Nobody is known by that name.", remedy="Check the address, or the identifier.")
        if child_id is None and worker_id is None:
            raise KeyworkerError("Whose duties?", where="--child or --worker", remedy="Name a child or a worker.")
        return readings(
            self.connection,
            moment,
            child_ids=[child_id] if child_id else None,
            worker_ids=[worker_id] if worker_id else None,
            rules=rules,
        )

    def _handle(self, child: str) -> list[str]:
        child_id = self._id(HandleKind.CHILD, child)
        return list(handles_of(self.connection, HandleKind.CHILD, [child_id] if child_id else []).values())

    def due(
        self,
        moment: Moment,
        *,
        worker: str | None = None,
        team: str | None = None,
        district: str | None = None,
        within: timedelta = SOON,
    ) -> list[Due]:
        """What is overdue or soon due to a worker's, a team's or a district's children, and of its workers.

        On a page where nobody is named: to the asker's own children and to those whom they supervise.
        """
        for named, route in ((team, "team"), (district, "service")):
            if named is not None:
                require(refusal_to_see_route(self.asker, route))
        worker_id = self._id(HandleKind.WORKER, worker) if worker else None
        if self.asker.is_on_a_page and not (worker or team or district):
            worker_id = self.asker.worker_id
            if worker_id is None:
                raise KeyworkerError(
                    "This sign-in belongs to no worker, so nothing is due to children of its own.",
                    remedy="Open a team or a district, and see there what is due.",
                )
        if worker and worker_id is None:
            raise KeyworkerError("No worker is known by that name.", remedy="Check the identifier.")
        whose = Whose(worker_id, self._team_id(team), district)
        return self._read("due", lambda: due_to(self.connection, moment, whose, within=within), handles_of_due)

    def missed(self, moment: Moment, *, child: str | None = None, since: date | None = None) -> list[Missed]:
        """Visits that were not made in time and what coincided: one child's, or every open child's since a day."""
        child_id = self._id(HandleKind.CHILD, child) if child else None
        if child and child_id is None:
            raise KeyworkerError("No child is known by that name.", remedy="Check the address, or the identifier.")
        return self._read(
            "clocks" if child else "service",
            lambda: missed_by(self.connection, moment, child_id=child_id, since=since),
            lambda _: self._handle(child) if child else [],
        )

    def missed_shares(self, moment: Moment, since: date | None = None) -> list[dict[str, Any]]:
        """By district, with how many of the visits that were not made in time each thing coincided."""
        return self._read(
            "service",
            lambda: shares_by(self.connection, moment, missed_by(self.connection, moment, since=since)),
            lambda _: [],
        )

    def rules(self, moment: Moment) -> list[dict[str, Any]]:
        """Every timescale in every edition, the council's own among them, and what the record can say of it."""
        return self._read("rules", lambda: rules_at(self.connection, moment), lambda _: [])

    def tried(self, moment: Moment, rule_id: str, limit: Method) -> list[Tried]:
        """Who would be late if a rule had another limit already."""
        return self._read(
            "rules", lambda: tried(self.connection, moment, rule_id, limit), lambda found: [one.handle for one in found]
        )

    def measure(self, name: str, asked: Asked, *, engine: MeasureEngine = MeasureEngine.POSTGRES) -> list[MeasureRow]:
        """A measure for each date and group. Raises KeyworkerError for a name that no measure or group has."""
        return self._read("measures", lambda: measure_of(self.connection, name, asked, engine), lambda _: [])

    def loads(self) -> list[LoadLine]:
        """Every load, newest first, with its counts."""
        return self._read("loads", lambda: loads(self.connection), lambda _: [])

    def refused_loads(self) -> list[RefusedLoad]:
        """Every load that was refused or stopped, newest first."""
        return self._read("loads", lambda: refused_loads(self.connection)[::-1], lambda _: [])

    def sources(self) -> tuple[SourceAge, ...]:
        """How old each source is."""
        return self._read("sources", lambda: tuple(source_ages(self.connection)), lambda _: [])

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        """Facts that no extract holds, and what would fill them."""
        return self._read("sources", lambda: tuple(absent(self.connection, moment)), lambda _: [])

    def meanings(self, at: date) -> list[Found]:
        """Every word that needs a meaning, with the meaning it has."""
        return self._read("meaning", lambda: meanings_at(self.connection, Moment(at)), lambda _: [])

    def write_meanings(self, path: Path, at: date) -> list[Found]:
        """Write the workbook in which an analyst says what each word means."""
        words = self.meanings(at)
        districts = sorted(
            {one.columns["district"] for word in words for one in word.meanings if "district" in one.columns}
        )
        write_workbook(path, words, districts, at)
        return words

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        """Write out the rows that a load set aside and nobody mended since: a CSV for each table.

        Takes   load, its number, or None for the last one that has such rows.
        Gives   the load's number, and each file with how many rows it holds.
        """
        return self._read("loads", lambda: write_out(self.connection, load, out), lambda _: [])

    def quality(self, moment: Moment) -> list[Finding]:
        """What the data cannot support at a moment, and which figures that weakens."""
        return self._read("quality", lambda: quality_at(self.connection, moment), lambda _: [])

    def frames(self, moment: Moment) -> dict[str, pl.DataFrame]:
        """Every described table as known at a moment. It holds names: the purpose that is logged must warrant them."""
        return self._read("frames", lambda: frames(self.connection, moment), lambda _: [])

    def write(self, form: str, moment: Moment, out: Path, *, authority: str = "999") -> Written:
        """Write a return as at a moment into a new folder, and list it. It holds what its form asks for, names too."""
        with self.exporting(f"return {form}", identifying=True) as export:
            known = self._read(f"return {form}", lambda: frames(self.connection, moment), lambda _: [])
            written = write(form, known, moment.at, out, authority=authority)
            export.add(written.paths, folder=out)
        return written

    def exporting(self, what: str, *, identifying: bool) -> AbstractContextManager[Exporting]:
        """Within it files are written out, each said once it is there; they are listed, or none of them stays."""
        home = self.home or default_home()
        return exporting(self.connection, self.asker, self.now, home, what, identifying=identifying)

    def downloaded(self, what: str, name: str, content: bytes, *, identifying: bool) -> None:
        """List a file that a page gives to a browser; where it is kept from then on is not known here."""
        with self.exporting(what, identifying=identifying) as export:
            export.add_elsewhere(name, content)

    def _read(
        self,
        route: str,
        read: Callable[[], T],
        handles: Callable[[T], Iterable[str]],
        *,
        kind: str = "child",
        allowed: bool = False,
    ) -> T:
        """Read, log, give. Takes kind, of whom the handles are; allowed, whether leave was asked for already."""
        require(None if allowed else refusal_to_see_route(self.asker, route))
        with one_reading(self.connection):
            answer = read()
        # Logged and committed before it is given: what cannot be logged is not seen.
        seen = sorted({handle for handle in handles(answer) if handle})
        with self.connection.transaction():
            log_read(
                self.connection,
                at=self.now,
                account=self.asker.account,
                role=", ".join(held.role for held in self.asker.roles),
                door=self.asker.door,
                route=route,
                purpose=self.asker.purpose,
                kind=kind,
                handles=seen,
                count=len(seen),
            )
        return answer


def _no_child() -> KeyworkerError:
    return KeyworkerError(
        "No child is known by that name at that moment.", remedy="Check the address, or look at a later moment."
    )


def _handles(children: Iterable[ChildRow]) -> list[str]:
    return [child.handle for child in children]
