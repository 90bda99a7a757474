"""Questions about children: who is open, whose they are, and each one's life with the service."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from keyworker.access import Thing, worker_of
from keyworker.actions.my_children import MyChildren, my_children
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.part import Part, Wanted, part_of
from keyworker.actions.questions.seen import children_of
from keyworker.actions.whole import whole_at
from keyworker.clocks.children import children_at
from keyworker.clocks.story import story_at
from keyworker.facts import life, people
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, SourceAge, Story
from keyworker.facts.siblings import together
from keyworker.facts.sources import source_ages
from keyworker.facts.stories import Together
from keyworker.measures.counted import Counted, counted


class AboutChildren(Opened):
    """Who is open, whose they are, and each one's life with the service."""

    def children(
        self, moment: Moment, *, worker_id: str | None = None, team_id: str | None = None, district: str | None = None
    ) -> list[ChildRow]:
        """Every open child at a moment, or those of one worker, team or district."""

        def read() -> list[ChildRow]:
            if worker_id is None and team_id is None and district is None:
                return self.narrowed(moment, whole_at(self.connection, moment).children)
            rows = children_at(self.connection, moment, worker_id=worker_id, team_id=team_id, district=district)
            return self.narrowed(moment, rows)

        return self._read("children", read, children_of)

    def children_part(
        self,
        moment: Moment,
        wanted: Wanted,
        *,
        worker: str | None = None,
        team: str | None = None,
        district: str | None = None,
    ) -> Part[ChildRow]:
        """A part of the same list, those whom it shows logged alone. Takes worker and team, by handle."""
        of_places = team is not None or district is not None
        self._require_places("children", Thing.CHILDREN, of_places=of_places)

        def read() -> Part[ChildRow]:
            worker_id = self._id_if_named(HandleKind.WORKER, worker)
            team_id = self._team_id(team, Thing.CHILDREN)
            if worker_id is None and team_id is None and district is None:
                rows = whole_at(self.connection, moment).children
            else:
                rows = children_at(self.connection, moment, worker_id=worker_id, team_id=team_id, district=district)
            self._require_district(district, rows)
            part = part_of(self.listed(moment, rows), wanted)
            return replace(part, rows=tuple(self.kept(part.rows)))

        return self._read("children", read, lambda found: children_of(found.rows))

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[list[ChildRow], tuple[SourceAge, ...]]:
        """The children behind a number of the service's page, and how old the sources are.

        Takes   district, its name, empty for children who are with no team; team, its handle; neither for everybody.
        """
        self._require_places("children", Thing.CHILDREN, of_places=True)

        def read() -> tuple[list[ChildRow], tuple[SourceAge, ...]]:
            rows = counted(whole_at(self.connection, moment).children, what, district=district, team=team)
            return self.narrowed(moment, rows), tuple(source_ages(self.connection))

        return self._read("children", read, lambda found: children_of(found[0]))

    def counted_part(
        self, moment: Moment, what: Counted, wanted: Wanted, *, district: str | None = None, team: str | None = None
    ) -> Part[ChildRow]:
        """A part of the children behind such a number, those whom it shows logged alone."""
        self._require_places("children", Thing.CHILDREN, of_places=True)

        def read() -> Part[ChildRow]:
            rows = counted(whole_at(self.connection, moment).children, what, district=district, team=team)
            part = part_of(self.listed(moment, rows), wanted)
            return replace(part, rows=tuple(self.kept(part.rows)))

        return self._read("children", read, lambda found: children_of(found.rows))

    def my_children(self, moment: Moment) -> MyChildren:
        """The asker's own children, parted by how they hold them, and whom they supervise."""
        self._require_places("my children", Thing.CHILDREN, of_places=False)
        worker_id = worker_of(self.asker, "it holds no children")
        return self._read(
            "my children",
            lambda: my_children(self.connection, moment, worker_id).of(partial(self.narrowed, moment)),
            lambda mine: children_of(mine.every()),
        )

    def child(self, named: str, moment: Moment) -> Story:
        """One child's whole time with the service, by handle, or by identifier for a command or Python.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """

        def read() -> Story:
            child_id = self._child_id(named)
            story = known(story_at(self.own, moment, child_id, self._row_at_hand(moment, child_id)), HandleKind.CHILD)
            hidden = frozenset(handles_of(self.own, HandleKind.CHILD, self.hidden()).values())
            return replace(story, family=tuple(one for one in story.family if one[0] not in hidden))

        return self._read("child", read, lambda story: {HandleKind.CHILD: [story.handle]})

    def name_of(self, named: str, moment: Moment) -> str:
        """One child's name and nothing else, for a page that names whom it is about.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """

        def read() -> people.Child:
            everyone = lens_at(self.own, moment)
            root = everyone.root(self._child_id(named))
            lens = everyone.of([root])
            who = people.children(self.own, lens)[root] if life.is_known(self.own, lens) else None
            return known(who, HandleKind.CHILD)

        return self._read("clocks", read, lambda child: {HandleKind.CHILD: [child.handle]}).name

    def together(self, named: str, moment: Moment) -> tuple[Together, ...]:
        """A child and their brothers and sisters side by side, never across an adoption; the child first.

        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """

        def read() -> tuple[Together, ...]:
            child_id = self._child_id(named)
            lens = lens_at(self.own, moment)
            first, *others = together(self.own, lens.of([lens.root(child_id)]))
            return (first, *(one for one in others if self._may_see_handle(one.handle)))

        return self._read("child", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def _may_see_handle(self, handle: str) -> bool:
        return self.may_see_child(Thing.CHILD, self._found(HandleKind.CHILD, handle))
