"""Made up: what pages ask about one child, and about whose children they are."""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.actions import MyChildren
from keyworker.actions.finding import Found as FoundAnyone
from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.warnings import WarningsToLookAt
from keyworker.clocks.engine import Reading
from keyworker.facts.cover import Warned
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, SourceAge, Story
from keyworker.facts.stories import Together
from keyworker.measures.counted import Counted, counted
from keyworker.vocabulary.errors import KeyworkerError
from tests.web import fictional as made_up
from tests.web import made_cover, made_duties, made_families, made_found, made_service
from tests.web.source.guarded import Guarded


class Children(Guarded):
    """What pages ask about one child, and about whose children they are."""

    def my_children(self, moment: Moment) -> MyChildren:
        self.calls.append(("my children", moment))
        if self.empty:
            return MyChildren((), (), (), (), (), (), made_up.ABSENT)
        return MyChildren(
            (made_up.past_child(4, 3), made_up.past_child(7, 12), *(made_up.child(n) for n in range(1, 4))),
            (made_up.child(5), made_up.child(6)),
            (made_up.past_child(9, 1), made_up.child(10), made_up.unknown_child(12)),
            (made_up.child(8, lead=None, accountable=None, unmapped_roles=(made_up.OKAFOR,)),),
            (made_up.worker_row(1, 22), made_up.worker_row(3, 12, days_since_supervised=None)),
            made_up.SOURCES,
            made_up.ABSENT,
        )

    def child(self, named: str, moment: Moment) -> Story:
        self.calls.append(("child", moment))
        if named.startswith("nobody"):
            raise KeyworkerError("No child is known by that name at that moment.", remedy="Check the address.")
        if moment.known_at is not None:
            return made_up.story_as_known(moment.known_at)
        return made_up.empty_story() if self.empty else made_up.story()

    def name_of(self, named: str, moment: Moment) -> str:
        return self.child(named, moment).name

    def together(self, named: str, moment: Moment) -> tuple[Together, ...]:
        return made_families.family()

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[list[ChildRow], tuple[SourceAge, ...]]:
        self.calls.append((f"counted {what} in {district or team or 'everywhere'}", moment))
        picture = made_service.team_picture()
        rows = [] if self.empty else counted((*picture.children, *picture.unallocated), what)
        return rows, () if self.empty else made_up.SOURCES

    def clocks(self, moment: Moment, *, child: str | None = None) -> list[Reading]:
        return [] if self.empty else made_duties.readings()

    def find(self, typed: str) -> FoundAnyone:
        self.looked_for.append(typed)
        return FoundAnyone() if self.empty else made_found.answers(typed)

    def cover_sheet(self, named: str) -> Cover:
        self.calls.append(("cover sheet", named))
        return made_cover.cover(empty=self.empty, marked=tuple(self.warnings(named)))

    def warnings_to_look_at(self) -> WarningsToLookAt:
        return WarningsToLookAt() if self.empty else made_cover.TO_LOOK_AT

    def visit_warnings(self, handles: Sequence[str]) -> Sequence[Warned]:
        return self.cover_sheet(handles[0]).before.warnings
