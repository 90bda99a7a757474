"""A source of made-up pictures, so that pages can be tested without a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from keyworker.access import Audience, Beyond, RoleHeld, Thing, require, who_may
from keyworker.actions import MyChildren
from keyworker.actions.allocations import BeforeChange, Steps, WantedAllocation
from keyworker.actions.areas import Areas
from keyworker.actions.case_supervision import WantedSupervision
from keyworker.actions.copies import Copy, WantedCopy
from keyworker.actions.due import Due
from keyworker.actions.emergencies import Rules, WantedOpening
from keyworker.actions.exceptions import Wanted
from keyworker.actions.finding import Found as FoundAnyone
from keyworker.actions.loads import LoadLine
from keyworker.actions.marking import WantedMarker
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.missed import MissedShares, MissedVisit
from keyworker.actions.nothing_recent import NothingRecent
from keyworker.actions.paces import Pace
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.actions.questions.case_supervision import Supervisable, Supervised
from keyworker.actions.questions.copies import Looked
from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.emergencies import Emergency, EmergencyPage, Notices
from keyworker.actions.questions.log import A_PAGE, LogPage, LogSearch, refusal_to_search
from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.questions.permissions import WhoMay
from keyworker.actions.questions.restrictions import Mark, RestrictedChild, Restricting
from keyworker.actions.questions.staff import AboutMe
from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.questions.visits import Visitable, VisitTold
from keyworker.actions.rebases import WantedRebase
from keyworker.actions.restrictions import WantedRestriction
from keyworker.actions.rulebook import rule_rows
from keyworker.actions.supervision_notes import WantedNote
from keyworker.actions.time_asked import WantedAnswer, WantedTime
from keyworker.actions.visits import WantedVisit
from keyworker.clocks.due import Local
from keyworker.clocks.engine import Ground, Reading, every_rule
from keyworker.clocks.granted import Granted
from keyworker.clocks.held import Held
from keyworker.clocks.missed import Coincided, Missed
from keyworker.facts.accounts import RoleHeldBy
from keyworker.facts.copies import CopyAsked
from keyworker.facts.marked import Markable, Marker
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, Story, TeamRef
from keyworker.facts.stories import PostRow, PostStory, TeamStory, Together, WorkerStory
from keyworker.facts.time_asked import TimeAsked
from keyworker.facts.visit_notes import VisitNote
from keyworker.intake.meaning import Found, write_workbook
from keyworker.intake.meaning.found import Meaning
from keyworker.measures.about import CannotTell
from keyworker.measures.counted import Counted, counted
from keyworker.measures.pace import Outlook
from keyworker.measures.passes.asked import Asked as MeasureAsked
from keyworker.measures.pictures import ServicePicture, TeamPicture
from keyworker.measures.published.beside import Beside, beside, every_beside
from keyworker.measures.published.own import Own, answer, days_of, own_beside
from keyworker.measures.quality import Finding
from keyworker.measures.rebased import Rebased
from keyworker.measures.rows import MeasureRow
from keyworker.record.looking import Look
from keyworker.record.refused import RefusedLoad
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.source import OutOfReach, Visitor
from tests.web import fictional as made_up
from tests.web import (
    made_allocations,
    made_areas,
    made_case_supervision,
    made_copies,
    made_cover,
    made_duties,
    made_families,
    made_found,
    made_markers,
    made_posts,
    made_restricted,
    made_service,
    made_supervision,
    made_teams,
    made_time,
    made_visits,
    made_workers,
)

EVERY = frozenset(route for row in who_may().values() for route in row.routes)
COUNTS = {"read": 1200, "added": 30, "changed": 12, "ended": 4, "unchanged": 1150, "set_aside": 8}
LOADS = [
    LoadLine(
        2,
        "ssd",
        "analyst",
        datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 21, 22, 0, tzinfo=UTC),
        None,
        None,
        {"person": COUNTS},
        [],
        3,
    ),
    LoadLine(1, "cin-census", "analyst", datetime(2026, 11, 15, 6, 30, tzinfo=UTC), None, None, None, {}, [], 0),
]
REFUSED = [
    RefusedLoad(
        datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        "refused",
        "analyst",
        "load an extract",
        "extract.zip",
        "cin_visits.csv",
        "The table cin_visits has no column cinv_cin_visit_id, so its rows cannot be trusted.",
        "Add the column to the extract, or leave this file out.",
    )
]
MEANINGS = [
    Found(
        "involvement role",
        "Allocated worker",
        None,
        310,
        None,
        None,
        (Meaning(date(2020, 1, 1), None, {"allocation_role": "lead"}),),
    ),
    Found("team", "T044", "Fenwick Safeguarding Unit", 44, None, None, ()),
]
FINDINGS = [
    Finding("open children with no worker", 3, 210, ("caseload", "changes of worker"), "Check the involvements list."),
    Finding("workers with no hours", 12, 64, ("caseload",), "Load the workforce census."),
    Finding("gaps between workers", 0, 210, ("changes of worker",), "Check the involvements list."),
]


@dataclass
class MadeUp:
    """Pictures as tests want them; `empty` is a record with nothing in it, `many` how long a long list is.

    `answers_for_all` says whether the person is responsible for every district, `may_decide` whether they may agree
    exceptions and let limits start afresh, `rebased` whether somebody has, `marked` whether something must not
    be told of a child; `may_visit_children` whether they may write visits down, `visited` whether somebody has;
    `written` is what they wrote.
    The account `refused` may see nothing, for `broken` the record does not answer, for `faulty` the program fails.
    """

    empty: bool = False
    many: int = 3
    answers_for_all: bool = True
    may_decide: bool = True
    may_visit_children: bool = True
    visited: bool = True
    allocates_here: bool = True
    has_worker: bool = True
    changes: int = 1
    rebased: bool = False
    restricted: bool = False
    marked: bool = False
    notes_opened: bool = False
    needs_reason: bool = False
    looked_for: list[str] = field(default_factory=list)
    written: list[Any] = field(default_factory=list)
    calls: list[tuple[str, Moment]] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    downloads: list[tuple[str, str, bool]] = field(default_factory=list)

    place = "made up"

    def signed_in(self, account: str) -> str:
        return f"a session of {account}"

    def signed_out(self, token: str) -> None:
        self.ended.append(token)

    def signed_out_everywhere(self, account: str) -> None:
        self.ended.append(f"every session of {account}")

    def visitor(self, account: str, now: datetime) -> Visitor:
        return Visitor(
            account, "Sorrel Fictitious", EVERY, "my-children", role="team manager", needs_reason=self.needs_reason
        )

    def refusal(self, account: str, things: Sequence[Thing], now: datetime) -> Refused:
        return Refused("This page is not part of your work here.", remedy="Ask the analyst who keeps the roles.")

    @contextmanager
    def opened(
        self, account: str, purpose: str, now: datetime, reason: str = "", *, one_page: bool = False
    ) -> Iterator[MadeUp]:
        self.purposes.append(f"{purpose}; {reason}" if reason else purpose)
        if account == "refused":
            raise Refused("This page is not part of your work here.", remedy="Ask the analyst who keeps the roles.")
        if account == "broken":
            raise OutOfReach("The record’s database does not answer.", remedy="Try again in a minute.")
        if account == "faulty":
            raise RuntimeError("Ashby Testwood must not be in the log")
        yield self

    def sources(self) -> tuple[SourceAge, ...]:
        return () if self.empty else made_up.SOURCES

    def told_from(self, moment: Moment) -> date | None:
        return None if self.empty else date(2020, 1, 6)

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        return made_up.ABSENT

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

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[list[ChildRow], tuple[SourceAge, ...]]:
        self.calls.append((f"counted {what} in {district or team or 'everywhere'}", moment))
        picture = made_service.team_picture()
        rows = [] if self.empty else counted((*picture.children, *picture.unallocated), what)
        return rows, () if self.empty else made_up.SOURCES

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        picture = made_service.team_picture(moment=moment, since=since or made_up.ago(7))
        if self.empty:
            return replace(picture, changes=(), workers=(), children=(), unallocated=(), sources=(), supervisors=())
        return picture

    def last_looked(self, route: str, before: datetime) -> datetime | None:
        return None if self.empty else datetime(2026, 11, 19, 8, 30, tzinfo=UTC)

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        self.calls.append((f"service by {by}", moment))
        if self.empty:
            return made_service.service(
                moment=moment, groups=(), groups_then=(), then=None, total=made_service.nobody(), sources=()
            )
        before = made_service.service().groups_then if then else ()
        return made_service.service(moment=moment, by=by, then=then, groups_then=before)

    def clocks(self, moment: Moment, *, child: str | None = None) -> list[Reading]:
        return [] if self.empty else made_duties.readings()

    def exceptions(self, moment: Moment, child: str) -> list[Granted]:
        return [] if self.empty else made_duties.exceptions()

    def refusal_to_allocate(self, child: str) -> Refused | None:
        return None if self.allocates_here else Refused("Who works with a child is recorded in the case system.")

    def may_allocate(self, child: str) -> None:
        require(self.refusal_to_allocate(child))

    def allocates(self) -> bool:
        return self.allocates_here

    def sees_workers(self, child: str) -> bool:
        return True

    def worked_with(self, child: str) -> WorkedWith:
        here = self.allocates_here
        found = made_allocations.worked_with(self.before_change(child))
        return replace(found, is_here=here, may_allocate=here)

    def receivers(self, child: str, team: str | None) -> tuple[Sequence[TeamRef], TeamRef | None, Sequence[Receiver]]:
        self.may_allocate(child)
        return made_allocations.TEAMS, made_allocations.TEAMS[0], made_allocations.RECEIVERS

    def before_change(self, child: str) -> BeforeChange:
        return made_allocations.before(self.changes) if self.has_worker else BeforeChange(())

    def allocate(self, child: str, wanted: WantedAllocation) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def answer_offer(self, child: str, handover_id: str, answer: str, why: str = "") -> None:
        self.written.append((handover_id, answer, why))

    def take_steps(self, child: str, handover_id: str, steps: Steps) -> None:
        self.written.append((handover_id, steps))

    def end_allocation(self, child: str, entry_id: int, on: date, cause: str) -> None:
        self.written.append((entry_id, on, cause))

    def handovers(self) -> Sequence[OfferedChild]:
        return [] if self.empty else made_allocations.LISTED

    def offers_to_answer(self) -> int:
        return sum(one.answers for one in self.handovers())

    def may_supervise(self, child: str) -> None:
        require(None if self.allocates_here else Refused("Case supervision is recorded in the case system."))

    def sees_supervision(self, child: str) -> bool:
        return True

    def supervised(self, child: str) -> Supervised:
        here = self.allocates_here
        found = made_case_supervision.NOTHING if self.empty else made_case_supervision.SUPERVISED
        return replace(found, is_here=here, may_write=here)

    def supervisable(self, child: str) -> Supervisable:
        self.may_supervise(child)
        return made_case_supervision.BETWEEN

    def record_supervision(self, child: str, wanted: WantedSupervision) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def answer_supervision(self, child: str, supervision_id: str, confirmed: bool, says: str = "") -> None:
        self.written.append((supervision_id, confirmed, says))

    def withdraw_supervision(self, child: str, supervision_id: str, why: str) -> None:
        self.written.append((supervision_id, why))

    def refusal_to_visit(self, child: str) -> Refused | None:
        return None if self.may_visit_children else Refused("Visits are recorded in the case system.")

    def may_visit(self, child: str) -> None:
        require(self.refusal_to_visit(child))

    def writes_visits(self) -> bool:
        return self.may_visit_children

    def visits_written(self, child: str) -> Sequence[VisitNote]:
        return [made_visits.NOTE, made_visits.WITHDRAWN] if self.visited else []

    def visitable(self, child: str) -> Sequence[Visitable]:
        self.may_visit(child)
        return made_visits.CHILDREN

    def record_visit(self, child: str, wanted: WantedVisit) -> Mapping[str, str]:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)
        handles = {one.child_id: one.handle for one in made_visits.CHILDREN}
        return {handles[one.child_id]: f"{wanted.together_id}-1" for one in wanted.children}

    def visit(self, child: str, visit_id: str) -> VisitTold:
        found = {one.visit_id: one for one in (made_visits.NOTE, made_visits.WITHDRAWN)}
        if visit_id not in found:
            raise KeyworkerError("No such visit was recorded here.", remedy="Open the child’s page again.")
        return VisitTold(found[visit_id], "Child 1 Testwood", "Sorrel Fictitious", made_visits.CHILDREN[1:])

    def withdraw_visit(self, child: str, visit_id: str, why: str) -> None:
        self.written.append((visit_id, why))

    def find(self, typed: str) -> FoundAnyone:
        self.looked_for.append(typed)
        return FoundAnyone() if self.empty else made_found.answers(typed)

    def needs_me(self) -> list[Needing]:
        return [] if self.empty else [Needing(what, place) for place, what in enumerate(Need, 1)]

    def cover_sheet(self, named: str) -> Cover:
        self.calls.append(("cover sheet", named))
        return made_cover.cover(empty=self.empty, marked=tuple(self.warnings(named)))

    def refusal_to_ask_time(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("Time is asked for by whoever works with the child.")

    def may_ask_time(self, child: str) -> None:
        require(self.refusal_to_ask_time(child))

    def ask_time(self, child: str, wanted: WantedTime) -> None:
        self.written.append(wanted)

    def time_asked(self, child: str) -> list[TimeAsked]:
        return [] if self.empty else [made_time.ASKED]

    def time_to_answer(self) -> list[TimeTold]:
        return [] if self.empty else [made_time.LATE, made_time.WAITING]

    def time_of_mine(self) -> list[TimeTold]:
        return [] if self.empty else [made_time.MINE, made_time.ANSWERED]

    def answerable(self, child: str, asked_id: str) -> Answerable:
        return made_time.answerable(asked_id, may_answer=self.may_decide)

    def answer_time(self, child: str, asked_id: str, wanted: WantedAnswer) -> None:
        self.written.append((asked_id, wanted))

    def take_time_back(self, child: str, asked_id: str) -> None:
        self.written.append(asked_id)

    def refusal_to_agree(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("An exception from a timescale is agreed by a manager.")

    def may_agree(self, child: str) -> None:
        require(self.refusal_to_agree(child))

    def agree(self, child: str, wanted: Wanted) -> None:
        self.written.append(wanted)

    def withdraw(self, child: str, exception_id: str, why: str) -> None:
        self.written.append((exception_id, why))

    def warnings(self, child: str) -> list[Marker]:
        return [one.without_values for one in self.markers(Moment(made_up.NOW.date()), child) if one.withdrawn is None]

    def markers(self, moment: Moment, child: str) -> list[Marker]:
        return made_markers.markers() if self.marked else []

    def markables(self, child: str) -> list[Markable]:
        return [] if self.empty else made_markers.markables()

    def refusal_to_mark(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("What must not be told is marked by those who work with the child.")

    def may_mark(self, child: str) -> None:
        require(self.refusal_to_mark(child))

    def mark(self, child: str, wanted: WantedMarker) -> None:
        self.written.append(wanted)

    def withdraw_marker(self, child: str, marker_id: str, why: str) -> None:
        self.written.append((marker_id, why))

    def refusal_to_look_ahead(self, district: str | None) -> Refused | None:
        return None

    def mark_of(self, child: str) -> Mark:
        return Mark(self.restricted, made_restricted.STANDING if self.restricted else None)

    def restricted_children(self) -> list[RestrictedChild]:
        return made_restricted.CHILDREN if self.restricted else []

    def refusal_to_restrict(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("Whoever leads the child’s district decides.", remedy="Ask them.")

    def restricting(self, child: str) -> Restricting:
        require(self.refusal_to_restrict(child))
        return made_restricted.RESTRICTING if self.restricted else made_restricted.OPEN_TO_ALL

    def restrict(self, child: str, wanted: WantedRestriction) -> None:
        self.written.append(wanted)

    def name_for(self, child: str, account: str, reason: str) -> None:
        self.written.append((account, reason))

    def name_no_longer(self, child: str, account: str, why: str) -> None:
        self.written.append((account, why))

    def lift(self, child: str, why: str) -> None:
        self.written.append(why)

    def emergency(self) -> EmergencyPage:
        return EmergencyPage(Rules(), 4, () if self.empty else (made_restricted.EMERGENCIES[0],))

    def break_glass(self, wanted: WantedOpening) -> str | None:
        self.written.append(wanted)
        return wanted.handle or None

    def close_emergency(self, glass_id: str) -> None:
        self.written.append(glass_id)

    def emergencies(self) -> list[Emergency]:
        return [] if self.empty else made_restricted.EMERGENCIES

    def emergencies_of(self, child: str) -> list[Emergency]:
        return []

    def notices(self) -> Notices:
        return Notices(2, 1, (f"ch{1:022}",)) if self.restricted else Notices()

    def review(self, glass_id: str, outcome: str, found: str) -> None:
        self.written.append((glass_id, outcome, found))

    def access_log(self, search: LogSearch, *, a_page: int = A_PAGE) -> LogPage:
        require(refusal_to_search(search))
        return LogPage((), {}, has_more=False) if self.empty else made_restricted.LOG

    def looked_at(self, child: str) -> list[Look]:
        return [] if self.empty else [Look(date(2026, 11, 20), "social worker", "direct work", "page", "child", 2)]

    def looked_at_me(self) -> list[Look]:
        return []

    def refusal_to_copy(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("A copy is made by those who work with the child.")

    def may_copy(self, child: str) -> None:
        require(self.refusal_to_copy(child))

    def look(self, child: str, wanted: WantedCopy) -> Looked:
        return made_copies.looked(wanted, self.markers(Moment(made_up.NOW.date()), child))

    def ask_copy(self, child: str, wanted: WantedCopy, contents: str) -> None:
        self.written.append((wanted, contents))

    def copies(self, child: str) -> list[CopyAsked]:
        return [] if self.empty else made_copies.copies()

    def waiting(self) -> list[CopyAsked]:
        return [] if self.empty else made_copies.copies()[:1]

    def look_again(self, child: str, copy_id: str) -> tuple[CopyAsked, Looked, str]:
        one = next((one for one in made_copies.copies() if one.copy_id == copy_id), None)
        if one is None:
            raise KeyworkerError("No such copy was asked for of this child.", remedy="Open the list of copies.")
        wanted = WantedCopy(one.copy_id, one.relation, one.person, one.purpose, one.note or "")
        why = "" if one.state == "agreed" else "A second person has not answered yet."
        return one, self.look(child, wanted), why

    def refusal_to_answer(self, child: str, one: CopyAsked) -> Refused | None:
        return None if self.may_decide else Refused("You asked for this copy, so another person must look at it.")

    def answer_copy(self, child: str, copy_id: str, contents: str, why: str, *, agrees: bool) -> None:
        self.written.append((copy_id, contents, why, agrees))

    def give_copy(self, child: str, copy_id: str) -> Copy:
        _, looked, why = self.look_again(child, copy_id)
        if why:
            raise KeyworkerError(why)
        return looked.copy

    def rebases(self, moment: Moment, measure: str) -> list[Rebased]:
        return made_areas.rebases(measure) if self.rebased else []

    def refusal_to_rebase(self) -> Refused | None:
        return None if self.may_decide else Refused("Limits start afresh by a decision of those who lead.")

    def may_rebase(self) -> None:
        require(self.refusal_to_rebase())

    def rebase(self, wanted: WantedRebase) -> None:
        self.written.append(wanted)

    def withdraw_rebase(self, measure: str, rebase_id: str, why: str) -> None:
        self.written.append((measure, rebase_id, why))

    def about_me(self, moment: Moment) -> AboutMe:
        return AboutMe() if self.empty else made_workers.about_me()

    def supervision_notes(self) -> SupervisionNotes:
        if self.empty:
            return SupervisionNotes(made_supervision.SORREL.worker_id)
        openings = (made_supervision.opened(),) if self.notes_opened else ()
        return replace(made_supervision.notes(), openings=openings)

    def write_supervision_note(self, wanted: WantedNote) -> None:
        self.written.append(wanted)

    def answer_supervision_note(self, note_id: str, agreed: bool | None, answer: str) -> None:
        self.written.append((note_id, agreed, answer))

    def withdraw_supervision_note(self, note_id: str, why: str) -> None:
        self.written.append((note_id, why))

    def open_supervision_notes(self, opening_id: str, supervisor: str) -> None:
        self.written.append((opening_id, supervisor))

    def close_supervision_notes(self, opening_id: str) -> None:
        self.written.append(opening_id)

    def missed(self, moment: Moment, *, child: str) -> list[Missed]:
        return [] if self.empty else made_duties.missed()

    def missed_shares(self, moment: Moment, since: date | None = None, *, by: str = "district") -> MissedShares:
        self.calls.append((f"missed by {by} since {since}", moment))
        return made_duties.missed_shares(by, since or moment.at, of_everybody=self.answers_for_all, empty=self.empty)

    def missed_visits(
        self,
        moment: Moment,
        since: date | None = None,
        *,
        district: str | None = None,
        team: str | None = None,
        what: Coincided | None = None,
    ) -> list[MissedVisit]:
        self.calls.append((f"missed visits in {district if team is None else team} with {what}", moment))
        return [] if self.empty else made_duties.missed_visits(self.many)

    def who_may(self) -> WhoMay:
        held = (RoleHeld("social worker", "FEN2"), RoleHeld("team manager", "FEN1", covering_for="teasel"))
        return WhoMay(held, Beyond.TEAM, None)

    def roles_held(self) -> list[RoleHeldBy]:
        if self.empty:
            return []
        began, ends = date(2026, 1, 5), date(2026, 12, 1)
        return [
            RoleHeldBy("ash", "", "administrator", "all", None, began, None),
            RoleHeldBy("sorrel", "Sorrel Fictitious", "social worker", "FEN2", None, began, None),
            RoleHeldBy("sorrel", "Sorrel Fictitious", "team manager", "FEN1", "teasel", date(2026, 11, 2), ends),
            RoleHeldBy("yarrow", "Yarrow Past", "inspector", "all", None, date(2026, 11, 30), date(2026, 12, 5)),
        ]

    def may(self, route: str) -> None:
        return None

    def measure(self, name: str, asked: MeasureAsked, *, engine: MeasureEngine) -> list[MeasureRow]:
        return made_areas.nothing(name, asked) if self.empty else made_areas.measured(name, asked)

    def areas(self, moment: Moment) -> Areas:
        return Areas(moment, (), {}) if self.empty else made_areas.areas(moment.at)

    def ahead(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> list[Outlook]:
        return [] if self.empty else made_duties.ahead()

    def nothing_recent(
        self, moment: Moment, *, team: str | None = None, district: str | None = None, whole: bool = False
    ) -> NothingRecent:
        self.calls.append((f"nothing recent of {team or district or ('everybody' if whole else 'mine')}", moment))
        return made_duties.nothing_recent(self.many if not self.empty else 0)

    def pace(self, moment: Moment, rule_id: str) -> Pace | None:
        return None if self.empty else made_duties.pace(rule_id)

    def due(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> list[Due]:
        self.calls.append((f"due to {district or team or 'mine'}", moment))
        return [] if self.empty else made_duties.dues()

    def rules(self, moment: Moment) -> list[dict[str, Any]]:
        return rule_rows(Ground(every_rule(), Local(), Held(TABLES, ["core group"])), moment.at)

    def figures(self, council: str) -> list[Beside]:
        return every_beside(council)

    def figures_of(self, measure: str, council: str, band: str = "") -> Beside:
        return beside(measure, council, band=band)

    def own_figures(self, shown: Beside, moment: Moment, *, same_council: bool) -> tuple[Own, ...] | CannotTell:
        found = answer(shown.series)
        if isinstance(found, CannotTell) or self.empty:
            return found if isinstance(found, CannotTell) else CannotTell("nothing has been loaded yet")
        rows = [
            MeasureRow("made-up", {}, day, moment.known_at, count, None, float(count), whole_from=date(2019, 3, 31))
            for day, count in zip(days_of(shown.series, shown.years, moment.at), (2724, 2615, 2760), strict=False)
        ]
        return own_beside(
            shown.series,
            found,
            rows,
            shown.council.by_year,
            same_council=same_council,
        )

    def loads(self) -> list[LoadLine]:
        return [] if self.empty else LOADS

    def refused_loads(self) -> list[RefusedLoad]:
        return [] if self.empty else REFUSED

    def meanings(self, moment: Moment) -> list[Found]:
        return [] if self.empty else MEANINGS

    def write_meanings(self, path: Path, at: date) -> list[Found]:
        write_workbook(path, MEANINGS, ["Fenwick"], at)
        return MEANINGS

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        out.write_text("file,row,column,value,reason,remedy\n")
        return load or 0, [(out, 0)]

    def downloaded(self, what: str, name: str, content: bytes, *, identifying: bool, for_whom: Audience) -> None:
        self.downloads.append((what, name, identifying))

    def quality(self, moment: Moment) -> list[Finding]:
        return [] if self.empty else FINDINGS
