"""What the pages need from the rooms below: one seam, bound once when the site opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from keyworker.access import Audience, Thing
from keyworker.actions import MyChildren
from keyworker.actions.allocations import BeforeChange, Steps, WantedAllocation
from keyworker.actions.areas import Areas
from keyworker.actions.case_supervision import WantedSupervision
from keyworker.actions.copies import Copy, WantedCopy
from keyworker.actions.due import Due
from keyworker.actions.emergencies import WantedOpening
from keyworker.actions.exceptions import Wanted
from keyworker.actions.finding import Found as FoundAnyone
from keyworker.actions.loads import LoadLine
from keyworker.actions.marking import WantedMarker
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.missed import MissedShares, MissedVisit
from keyworker.actions.nothing_recent import NothingRecent
from keyworker.actions.opening import EVERY_PAGE, Opening
from keyworker.actions.paces import Pace
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.actions.questions.case_supervision import Supervisable, Supervised
from keyworker.actions.questions.copies import Looked
from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.emergencies import Emergency, EmergencyPage, Notices
from keyworker.actions.questions.log import A_PAGE, LogPage, LogSearch
from keyworker.actions.questions.needs import Needing
from keyworker.actions.questions.permissions import WhoMay
from keyworker.actions.questions.restrictions import Mark, RestrictedChild, Restricting
from keyworker.actions.questions.staff import AboutMe
from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.questions.visits import Visitable, VisitTold
from keyworker.actions.rebases import WantedRebase
from keyworker.actions.restrictions import WantedRestriction
from keyworker.actions.supervision_notes import WantedNote
from keyworker.actions.time_asked import WantedAnswer, WantedTime
from keyworker.actions.visits import WantedVisit
from keyworker.clocks.engine import Reading
from keyworker.clocks.granted import Granted
from keyworker.clocks.missed import Coincided, Missed
from keyworker.facts.accounts import RoleHeldBy
from keyworker.facts.copies import CopyAsked
from keyworker.facts.marked import Markable, Marker
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, Story, TeamRef
from keyworker.facts.stories import PostRow, PostStory, TeamStory, Together, WorkerStory
from keyworker.facts.time_asked import TimeAsked
from keyworker.facts.visit_notes import VisitNote
from keyworker.intake.meaning import Found
from keyworker.measures.about import CannotTell
from keyworker.measures.counted import Counted
from keyworker.measures.pace import Outlook
from keyworker.measures.passes.asked import Asked as MeasureAsked
from keyworker.measures.pictures import ServicePicture, TeamPicture
from keyworker.measures.published.beside import Beside
from keyworker.measures.published.own import Own
from keyworker.measures.quality import Finding
from keyworker.measures.rebased import Rebased
from keyworker.measures.rows import MeasureRow
from keyworker.record.looking import Look
from keyworker.record.refused import RefusedLoad
from keyworker.vocabulary.errors import KeyworkerError, Refused


class OutOfReach(KeyworkerError):
    """The record does not answer, so no page can be made."""


@dataclass(frozen=True)
class Visitor:
    """A signed-in person: how they are greeted, which pages are part of their work, and where it begins.

    Takes   hidden, pages that are open to the role, but hold nothing of this person's own; opening, whose pages are
            open among those of teams and workers.
    """

    account: str
    name: str
    routes: frozenset[str]
    home: str
    hidden: frozenset[str] = frozenset()  # pages that are open to the role, but hold nothing of this person's own
    role: str = ""  # the first that they hold, as a form may put it
    opening: Opening = EVERY_PAGE
    sees_part: bool = False  # whether lists of children leave out some whom this person may not see
    chairs: bool = False  # whether they chair conferences or reviews, of which no source says whose
    needs_reason: bool = False  # whether names are open to them for a reason that is typed


class Record(Protocol):
    """The record, opened by one person for one purpose. Every reading may refuse, in words fit for a page."""

    def my_children(self, moment: Moment) -> MyChildren:
        """The person's own children."""

    def child(self, named: str, moment: Moment) -> Story:
        """One child's whole time with the service."""

    def name_of(self, named: str, moment: Moment) -> str:
        """One child's name and nothing else."""

    def together(self, named: str, moment: Moment) -> Sequence[Together]:
        """A child and their brothers and sisters side by side, the child first."""

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[Sequence[ChildRow], tuple[SourceAge, ...]]:
        """The children behind a number of the service's page, and how old the sources are."""

    def team(self, named: str | None, moment: Moment, since: date | None = None) -> TeamPicture:
        """One team; the person's own when none is named."""

    def worker(self, named: str | None, moment: Moment) -> WorkerStory:
        """One worker's whole time with the service; the person's own when none is named."""

    def about_me(self, moment: Moment) -> AboutMe:
        """What others may see of the person beside their work over time."""

    def supervision_notes(self) -> SupervisionNotes:
        """The notes of personal supervision that are the person's to read, and with whom they may write one."""

    def write_supervision_note(self, wanted: WantedNote) -> None:
        """Write a note of a supervision that the person held or was given."""

    def answer_supervision_note(self, note_id: str, agreed: bool | None, answer: str) -> None:
        """Say whether the person agrees with a note of their own supervision."""

    def withdraw_supervision_note(self, note_id: str, why: str) -> None:
        """Withdraw a note that the person wrote."""

    def open_supervision_notes(self, opening_id: str, supervisor: str) -> None:
        """Let a supervisor of the person's read the notes that others held before."""

    def close_supervision_notes(self, opening_id: str) -> None:
        """Close them again."""

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

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        """The whole service by district or by team, beside an earlier moment."""

    def who_may(self) -> WhoMay:
        """The roles that the person holds, and how far the council lets most staff see."""

    def roles_held(self) -> Sequence[RoleHeldBy]:
        """Every role that is held today or from a later day."""

    def may(self, route: str) -> None:
        """Whether the person may open a kind of page that reads nothing of the record. May refuse."""

    def measure(self, name: str, asked: MeasureAsked, *, engine: MeasureEngine) -> Sequence[MeasureRow]:
        """A measure for each day and group, as far as this person may see it."""

    def areas(self, moment: Moment) -> Areas:
        """What each area gives the people who work in it."""

    def due(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> Sequence[Due]:
        """What is overdue or soon due; to the person's own children where neither is named."""

    def clocks(self, moment: Moment, *, child: str | None = None) -> Sequence[Reading]:
        """Where every duty to a child stands."""

    def refusal_to_allocate(self, child: str) -> Refused | None:
        """Why the person may not decide who works with a child, or None when they may."""

    def may_allocate(self, child: str) -> None:
        """Whether the person may decide who works with a child. May refuse."""

    def allocates(self) -> bool:
        """Whether children are allocated here, and by the person, any at all."""

    def sees_workers(self, child: str) -> bool:
        """Whether the person may look at who works with a child, beside the child's record."""

    def worked_with(self, child: str) -> WorkedWith:
        """Who works with a child today, and every change of worker that was offered."""

    def receivers(self, child: str, team: str | None) -> tuple[Sequence[TeamRef], TeamRef | None, Sequence[Receiver]]:
        """To whom a child may be given: every team, the one looked at, and its workers by name."""

    def before_change(self, child: str) -> BeforeChange:
        """How a child stands before something changes."""

    def allocate(self, child: str, wanted: WantedAllocation) -> None:
        """Write down who works with a child, or offer the child to another worker."""

    def answer_offer(self, child: str, handover_id: str, answer: str, why: str = "") -> None:
        """Accept or refuse an offered child, or withdraw the offer."""

    def take_steps(self, child: str, handover_id: str, steps: Steps) -> None:
        """Write down when a child was told of a change, introduced and offered a goodbye."""

    def end_allocation(self, child: str, entry_id: int, on: date, cause: str) -> None:
        """End that somebody works with a child."""

    def handovers(self) -> Sequence[OfferedChild]:
        """The changes of worker that wait or lack a step."""

    def offers_to_answer(self) -> int:
        """How many offers wait for the person to answer."""

    def needs_me(self) -> Sequence[Needing]:
        """What needs the person today, in order."""

    def cover_sheet(self, named: str) -> Cover:
        """What a worker who has never met a child must know."""

    def refusal_to_ask_time(self, child: str) -> Refused | None:
        """Why the person may not ask for time for a child, or None when they may."""

    def may_ask_time(self, child: str) -> None:
        """Whether the person may ask for time for a child. May refuse."""

    def ask_time(self, child: str, wanted: WantedTime) -> None:
        """Say that one open duty to a child cannot be done by its day."""

    def time_asked(self, child: str) -> Sequence[TimeAsked]:
        """Every time that time was asked for of a child's duties, the latest first."""

    def time_to_answer(self) -> Sequence[TimeTold]:
        """What waits for an answer that the person may give, and what none was given to in time."""

    def time_of_mine(self) -> Sequence[TimeTold]:
        """What the person asked, while the duty is open, and what was given them to do or to go along to."""

    def answerable(self, child: str, asked_id: str) -> Answerable:
        """Time that was asked for, with all that is needed to answer."""

    def answer_time(self, child: str, asked_id: str, wanted: WantedAnswer) -> None:
        """Answer somebody who asked for time."""

    def take_time_back(self, child: str, asked_id: str) -> None:
        """Take back that the person asked for time."""

    def may_supervise(self, child: str) -> None:
        """Whether the person may write a child's case supervision down. May refuse."""

    def sees_supervision(self, child: str) -> bool:
        """Whether the person may look at a child's case supervision, beside the child's record."""

    def supervised(self, child: str) -> Supervised:
        """A child's case supervision: what was decided, and what is open."""

    def supervisable(self, child: str) -> Supervisable:
        """Between whom a supervision may have been."""

    def record_supervision(self, child: str, wanted: WantedSupervision) -> None:
        """Write a supervision of a child's case down."""

    def answer_supervision(self, child: str, supervision_id: str, confirmed: bool, says: str = "") -> None:
        """Say, as the worker who was supervised, whether a supervision was so."""

    def withdraw_supervision(self, child: str, supervision_id: str, why: str) -> None:
        """Withdraw a supervision."""

    def refusal_to_visit(self, child: str) -> Refused | None:
        """Why the person may not write a visit to a child down, or None when they may."""

    def may_visit(self, child: str) -> None:
        """Whether the person may write down or withdraw a visit to a child. May refuse."""

    def writes_visits(self) -> bool:
        """Whether visits are written down here, and by the person, to any child at all."""

    def visits_written(self, child: str) -> Sequence[VisitNote]:
        """The visits to a child that were written down here, also those withdrawn, the latest first."""

    def visitable(self, child: str) -> Sequence[Visitable]:
        """The child, and the open brothers and sisters to whom the same visit may have been."""

    def record_visit(self, child: str, wanted: WantedVisit) -> Mapping[str, str]:
        """Write a visit down for its children; its number by the handle of each."""

    def visit(self, child: str, visit_id: str) -> VisitTold:
        """What was written here of one visit to a child."""

    def withdraw_visit(self, child: str, visit_id: str, why: str) -> None:
        """Withdraw a visit to one child that was written down here."""

    def find(self, typed: str) -> FoundAnyone:
        """The children, workers and teams who answer what was typed, as far as the person may see them."""

    def exceptions(self, moment: Moment, child: str) -> Sequence[Granted]:
        """The exceptions that were agreed for a child, also those that were withdrawn."""

    def refusal_to_agree(self, child: str) -> Refused | None:
        """Why the person may not agree an exception for a child, or None when they may."""

    def may_agree(self, child: str) -> None:
        """Whether the person may agree or withdraw an exception for a child. May refuse."""

    def agree(self, child: str, wanted: Wanted) -> None:
        """Agree an exception from one open duty to a child."""

    def withdraw(self, child: str, exception_id: str, why: str) -> None:
        """Withdraw an exception that was agreed by hand."""

    def warnings(self, child: str) -> Sequence[Marker]:
        """What must not be told of a child today, without the things themselves."""

    def markers(self, moment: Moment, child: str) -> Sequence[Marker]:
        """What is marked of a child as not to be told, also what was withdrawn."""

    def markables(self, child: str) -> Sequence[Markable]:
        """What the record holds of a child that can be marked."""

    def refusal_to_mark(self, child: str) -> Refused | None:
        """Why the person may not mark anything of a child, or None when they may."""

    def may_mark(self, child: str) -> None:
        """Whether the person may see and mark what must not be told of a child. May refuse."""

    def mark(self, child: str, wanted: WantedMarker) -> None:
        """Mark something of a child as not to be told."""

    def withdraw_marker(self, child: str, marker_id: str, why: str) -> None:
        """Withdraw what was marked by hand."""

    def mark_of(self, child: str) -> Mark:
        """What the page of a child says of who may see the child."""

    def restricted_children(self) -> Sequence[RestrictedChild]:
        """The restricted children for whom the person is named."""

    def refusal_to_restrict(self, child: str) -> Refused | None:
        """Why the person may not decide who sees a child, or None when they may."""

    def restricting(self, child: str) -> Restricting:
        """Everything that is needed to decide who sees a child. May refuse."""

    def restrict(self, child: str, wanted: WantedRestriction) -> None:
        """Decide that only named people may see a child."""

    def name_for(self, child: str, account: str, reason: str) -> None:
        """Name one more person who may see a restricted child."""

    def name_no_longer(self, child: str, account: str, why: str) -> None:
        """Take back that somebody is named for a restricted child."""

    def lift(self, child: str, why: str) -> None:
        """Lift a restriction."""

    def emergency(self) -> EmergencyPage:
        """What the council has set of emergencies, and what the person opened."""

    def break_glass(self, wanted: WantedOpening) -> str | None:
        """Open a record in an emergency. Gives the child's handle, None where nobody is meant. May refuse."""

    def close_emergency(self, glass_id: str) -> None:
        """Close a record that the person opened."""

    def emergencies(self) -> Sequence[Emergency]:
        """Everything opened in an emergency that the person may review."""

    def emergencies_of(self, child: str) -> Sequence[Emergency]:
        """Who opened a child's record in an emergency, for whoever is named or may review it."""

    def notices(self) -> Notices:
        """What the person's first page says of emergencies."""

    def review(self, glass_id: str, outcome: str, found: str) -> None:
        """Write down whether it was right to open a record."""

    def access_log(self, search: LogSearch, *, a_page: int = A_PAGE) -> LogPage:
        """Lines of the access log, the latest first."""

    def looked_at(self, child: str) -> Sequence[Look]:
        """On which days, as what and what for somebody looked at a child."""

    def looked_at_me(self) -> Sequence[Look]:
        """The same of the person's own figures."""

    def refusal_to_copy(self, child: str) -> Refused | None:
        """Why the person may make no copy of a child's record, or None when they may."""

    def may_copy(self, child: str) -> None:
        """Whether the person may make a copy of a child's record. May refuse."""

    def look(self, child: str, wanted: WantedCopy) -> Looked:
        """What a copy would say, and what it would leave out."""

    def ask_copy(self, child: str, wanted: WantedCopy, contents: str) -> None:
        """Ask to give a copy that was looked at."""

    def copies(self, child: str) -> Sequence[CopyAsked]:
        """The copies that were asked for of a child."""

    def waiting(self) -> Sequence[CopyAsked]:
        """The copies that wait for this person as the second."""

    def look_again(self, child: str, copy_id: str) -> tuple[CopyAsked, Looked, str]:
        """A copy that was asked for, what it says, and why it may not be given."""

    def refusal_to_answer(self, child: str, one: CopyAsked) -> Refused | None:
        """Why the person may not answer a copy, or None when they may."""

    def answer_copy(self, child: str, copy_id: str, contents: str, why: str, *, agrees: bool) -> None:
        """Answer a copy that somebody else asked for."""

    def give_copy(self, child: str, copy_id: str) -> Copy:
        """The copy as it leaves."""

    def rebases(self, moment: Moment, measure: str) -> Sequence[Rebased]:
        """Where the limits of a measure's chart start afresh, also what was withdrawn."""

    def refusal_to_rebase(self) -> Refused | None:
        """Why the person may not let limits start afresh, or None when they may."""

    def may_rebase(self) -> None:
        """Whether the person may let limits start afresh. May refuse."""

    def rebase(self, wanted: WantedRebase) -> None:
        """Let the limits of a measure's chart start afresh from a month on."""

    def withdraw_rebase(self, measure: str, rebase_id: str, why: str) -> None:
        """Withdraw fresh limits."""

    def missed(self, moment: Moment, *, child: str) -> Sequence[Missed]:
        """The visits to a child that were not made in time, and what coincided."""

    def missed_shares(self, moment: Moment, since: date | None = None, *, by: str = "district") -> MissedShares:
        """With how many of the visits not made in time each thing coincided, where the person answers for it."""

    def missed_visits(
        self,
        moment: Moment,
        since: date | None = None,
        *,
        district: str | None = None,
        team: str | None = None,
        what: Coincided | None = None,
    ) -> Sequence[MissedVisit]:
        """The visits behind a share, newest first."""

    def ahead(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> Sequence[Outlook]:
        """What falls due in ten working days, and how much of it will pass its day at this pace."""

    def refusal_to_look_ahead(self, district: str | None) -> Refused | None:
        """Why the person may not look ahead of a district whose list they have, or None when they may."""

    def nothing_recent(
        self, moment: Moment, *, team: str | None = None, district: str | None = None, whole: bool = False
    ) -> NothingRecent:
        """Children with neither a recent record nor recent case supervision; the person's own where none is named."""

    def pace(self, moment: Moment, rule_id: str) -> Pace | None:
        """How near their day the duties of one timescale were done; None where none fell due."""

    def rules(self, moment: Moment) -> Sequence[Mapping[str, Any]]:
        """Every timescale in every edition, as flat rows."""

    def figures(self, council: str) -> Sequence[Beside]:
        """A council's published figures of every measure beside those of others."""

    def figures_of(self, measure: str, council: str, band: str = "") -> Beside:
        """A council's published figures of one measure beside those of others."""

    def own_figures(self, shown: Beside, moment: Moment, *, same_council: bool) -> Sequence[Own] | CannotTell:
        """The record's own figures for the days of published ones, or why it has none."""

    def loads(self) -> Sequence[LoadLine]:
        """Every load, latest first."""

    def refused_loads(self) -> Sequence[RefusedLoad]:
        """Every load that was refused or stopped, latest first."""

    def meanings(self, moment: Moment) -> Sequence[Found]:
        """Every word that needed a meaning as known at a moment."""

    def write_meanings(self, path: Path, at: date) -> Sequence[Found]:
        """Write the workbook in which an analyst says what each word means."""

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        """Write out the rows that a load set aside: a CSV for each table."""

    def downloaded(self, what: str, name: str, content: bytes, *, identifying: bool, for_whom: Audience) -> None:
        """List a file that a page gives to a browser."""

    def quality(self, moment: Moment) -> Sequence[Finding]:
        """What the data cannot support."""

    def sources(self) -> tuple[SourceAge, ...]:
        """How old each source is."""

    def told_from(self, moment: Moment) -> date | None:
        """The first day of which it is told who held children; None where nothing says so."""

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        """What no extract holds, and what would fill it."""


class Source(Protocol):
    """Where the pages' pictures come from.

    Each question but the first two is asked under the session of whoever has signed in (`web.shown`).
    """

    @property
    def place(self) -> str:
        """Which record it is: a session of one record opens no other."""

    def signed_in(self, account: str) -> str:
        """Open a session of the record for somebody who has signed in. Gives its secret."""

    def signed_out(self, token: str) -> None:
        """End a session."""

    def signed_out_everywhere(self, account: str) -> None:
        """End every session of a sign-in, those of the command line among them."""

    def visitor(self, account: str, now: datetime) -> Visitor:
        """Who has signed in, and which pages are part of their work. Raises Refused for one who holds no role."""

    def refusal(self, account: str, things: Sequence[Thing], now: datetime) -> Refused:
        """Why somebody may see nothing of some things; that they asked is logged."""

    def opened(
        self, account: str, purpose: str, now: datetime, reason: str = "", *, one_page: bool = False
    ) -> AbstractContextManager[Record]:
        """The record, opened by a signed-in person for a purpose.

        Takes   one_page, whether it is only read, all at one instant, and nothing is given before this ends.
        """
