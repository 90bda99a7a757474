"""What needs whoever asks, in order, and nothing else: counts, each with the page that it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from keyworker.access import NOTHING, Thing
from keyworker.actions.copying import LIVES
from keyworker.actions.copying import refusal_of_own as refusal_of_own_copy
from keyworker.actions.due import Whose, due_to, open_of
from keyworker.actions.exceptions import OPEN
from keyworker.actions.first_year import first_years_at
from keyworker.actions.loads import loads
from keyworker.actions.questions.case_supervision import AboutCaseSupervision
from keyworker.actions.questions.chairing import AboutChairing
from keyworker.actions.questions.challenges import AboutChallenges
from keyworker.actions.questions.cover_decisions import AboutCoverDecisions
from keyworker.actions.questions.drafts import AboutDrafts
from keyworker.actions.questions.emergencies import AboutEmergencies
from keyworker.actions.questions.erasures import AboutErasures
from keyworker.actions.questions.lone_visits import AboutLoneVisits
from keyworker.actions.questions.markers import AboutMarkers
from keyworker.actions.questions.outside import AboutOutside
from keyworker.actions.questions.own_challenges import AboutOwnChallenges
from keyworker.actions.questions.own_load import AboutOwnLoad
from keyworker.actions.questions.seen import nobody
from keyworker.actions.questions.warnings import AboutWarnings
from keyworker.actions.stories import posts_of
from keyworker.actions.time_asked import WITH_A_HELPER, refusal_of_own
from keyworker.actions.whole import every_child, whole_at
from keyworker.clocks.engine import Reading, rows_of
from keyworker.clocks.readings import State
from keyworker.facts.copies import ASKED, copies
from keyworker.facts.first_year import in_first_year
from keyworker.facts.ground import lens_at
from keyworker.facts.load_challenges import load_challenges
from keyworker.facts.supervision_notes import notes_seen_by
from keyworker.facts.time_asked import TimeAsked, time_asked
from keyworker.record import drafts
from keyworker.vocabulary.homes import Kept

SOON = timedelta(days=7)
FILL_POSTS = ("workforce",)
MEND_ROWS = ("performance analyst",)
SUPERVISION = "sup-"
"""How the names of the timescales of a worker's own supervision begin."""


class Need(StrEnum):
    """What may need somebody, in the order in which it is told: who may be in danger, a child, who waits, the rest."""

    NOT_BACK = "workers alone who are not back"
    ALONE = "visits on which I am alone"
    NO_WORKER = "children with no worker"
    LEFT = "children whose worker has left"
    TO_COVER = "children whose worker is away, with nothing decided"
    OVERDUE = "past its date"
    PAST_VISITS = "planned visits with nothing written down"
    UNANSWERED = "time asked for, not answered in time"
    LOADS_UNANSWERED = "load challenges not answered in time"
    LATE_REVIEWS = "records opened in an emergency, not reviewed in time"
    REVIEWS = "records opened in an emergency, to review"
    VISITS = "visits planned for today"
    OFFERS = "children offered, to answer"
    CHAIRED = "conferences and reviews that I chair, past their day"
    CHALLENGES = "challenges to answer"
    ANSWERED = "challenges of mine that were answered"
    WARNINGS = "warnings before a visit to look at again"
    TO_ANSWER = "time asked for, to answer"
    LOADS = "load challenges to answer"
    GIVEN = "given to me"
    ACTIONS = "actions from supervision past their day"
    PLAN_ACTIONS = "actions under a plan past their day"
    SOON = "due in a week"
    COPIES = "copies to look at"
    ERASURES = "erasures to answer"
    SUPERVISION = "workers whose supervision is past its date"
    FIRST_YEARS = "workers with a first-year promise that is not kept"
    MY_FIRST_YEAR = "first-year promises to me that are not kept"
    NOTES = "notes of supervision to answer"
    LOAD_ANSWERED = "answers about my own load"
    CONFIRM = "case supervision to confirm"
    STEPS = "changes of worker that lack a step"
    MATCH = "visits to match"
    POSTS = "posts that are empty and that nobody covers"
    SET_ASIDE = "rows set aside and not mended"
    BEGUN = "forms begun and not sent"


@dataclass(frozen=True)
class Needing:
    """One thing that needs somebody: what it is, and how many there are."""

    what: Need
    count: int


class AboutNeeds(
    AboutOwnLoad,
    AboutCoverDecisions,
    AboutErasures,
    AboutCaseSupervision,
    AboutMarkers,
    AboutEmergencies,
    AboutOwnChallenges,
    AboutOutside,
    AboutChairing,
    AboutChallenges,
    AboutLoneVisits,
    AboutDrafts,
    AboutWarnings,
):
    """What needs whoever asks."""

    def needs_me(self) -> list[Needing]:
        """What needs the asker today, in order; nothing that is nought. It names nobody, and so logs nobody."""

        def read() -> list[Needing]:
            counts = {
                **self._alone(),
                **self._due_to_mine(),
                **self._visits_planned(),
                Need.MATCH: self._visits_to_match(),
                **self._time_asked(),
                Need.NO_WORKER: self._without_worker(),
                **self._of_cover(),
                **self._reviews(),
                **self._changes_of_worker(),
                **self._from_case_supervision(),
                Need.CHAIRED: self._chaired_past(),
                **self._of_challenges(),
                Need.WARNINGS: self._warnings_waiting(),
                Need.PLAN_ACTIONS: self._own_actions_late(),
                Need.COPIES: self._copies_to_see(),
                Need.ERASURES: len(self._erasures_waiting()),
                Need.SUPERVISION: self._unsupervised(),
                Need.NOTES: self._notes_to_answer(),
                **self._of_loads(),
                **self._of_first_years(),
                Need.POSTS: self._posts_uncovered(),
                **self._of_the_data(),
                Need.BEGUN: self._begun(),
            }
            return [Needing(what, counts[what]) for what in Need if counts.get(what)]

        return self._read("needs me", read, nobody)

    def _alone(self) -> dict[Need, int]:
        late, mine = self._alone_counts()
        return {Need.NOT_BACK: late, Need.ALONE: mine}

    def _due_to_mine(self) -> dict[Need, int]:
        me = self.asker.worker_id
        if me is None or self.sight(Thing.DUE) == NOTHING:
            return {}
        found = due_to(self.connection, self._today, Whose(worker_id=me), within=SOON)
        states = [one.reading.state for one in self.due_narrowed(self._today, found) if one.child]
        return {Need.OVERDUE: states.count(State.OVERDUE), Need.SOON: states.count(State.RUNNING)}

    def _visits_planned(self) -> dict[Need, int]:
        """The visits that the asker is to make today, and those of late whose day passed without a record.

        One visit to brothers and sisters is one.
        """
        me = self.asker.worker_id
        if me is None or self.sight(Thing.VISITS) == NOTHING:
            return {}
        plans = [one for one in self._plans_of(me) if self.may_see_child(Thing.CHILD, one.child_id)]
        now = {one.together_id for one in plans if one.planned_on == self._today.at}
        past = {one.together_id for one in plans if one.planned_on < self._today.at}
        return {Need.VISITS: len(now), Need.PAST_VISITS: len(past)}

    def _visits_to_match(self) -> int:
        """Each counts twice until whoever wrote it down has said whether it is one."""
        return 0 if self.sight(Thing.VISITS) == NOTHING else len(self._pairs_of_mine())

    def _time_asked(self) -> dict[Need, int]:
        if self.sight(Thing.TIME_ASKED) == NOTHING and self.sight(Thing.ANSWERING_TIME) == NOTHING:
            return {}
        asked = time_asked(self.own, lens_at(self.own, self._today))
        is_open = self._still_open(asked)
        answers = [
            one
            for one in asked
            if not one.is_answered
            and is_open(one)
            and refusal_of_own(self.asker, one) is None
            and self.may_see_child(Thing.ANSWERING_TIME, one.child_id)
        ]
        late = sum(one.is_unanswered_on(self._today.at) for one in answers)
        me = self.asker.worker_id
        given = [one for one in asked if me and one.helper_id == me and one.answer in WITH_A_HELPER and is_open(one)]
        return {Need.UNANSWERED: late, Need.TO_ANSWER: len(answers) - late, Need.GIVEN: len(given)}

    def _still_open(self, asked: list[TimeAsked]) -> Callable[[TimeAsked], bool]:
        """Whether the duty for which time was asked is open still: what was done needs nobody."""
        root = lens_at(self.own, self._today).root
        ids = list({root(one.child_id) for one in asked})
        duties = self._open_of(ids, []) if ids else []
        now = {(one.subject, one.rule, one.due_on) for one in duties if one.state in OPEN}
        return lambda one: (root(one.child_id), one.rule, one.due_on) in now

    def _without_worker(self) -> int:
        """Of the teams, districts or service over which the asker manages: nobody else is asked to find a worker."""
        sight = self.sight(Thing.ANSWERING_TIME)
        if not sight.is_of_places:
            return 0
        rows = every_child(self.connection, self._today)
        without = [row for row in rows if row.unallocated_since is not None and sight.covers(self._place_of_row(row))]
        return len(self.narrowed(self._today, without))

    def _of_cover(self) -> dict[Need, int]:
        """Children who need another worker because theirs left, and those for whom it is not decided who covers."""
        found = self._to_cover()
        left = sum(one.away is None for one in found)
        return {Need.LEFT: left, Need.TO_COVER: len(found) - left}

    def _copies_to_see(self) -> int:
        if self.sight(Thing.AGREEING_COPIES) == NOTHING:
            return 0
        found = copies(self.own, lens_at(self.own, self._today))
        return (
            len(self._waiting_outside())
            + len(self._markers_to_withdraw())
            + sum(
                one.state == ASKED
                and self._today.at <= one.happened_on + LIVES
                and refusal_of_own_copy(self.asker, one) is None
                and self.may_see_child(Thing.AGREEING_COPIES, one.child_id)
                for one in found
            )
        )

    def _unsupervised(self) -> int:
        """Of the workers whom the asker supervises or manages; no worker is named, and none is put in an order."""
        sight, me = self.sight(Thing.WORKER), self.asker.worker_id
        if not sight.is_of_places and not sight.supervised:
            return 0
        rows = self.workers_narrowed(self._today, whole_at(self.connection, self._today).workers)
        ids = [row.worker.worker_id for row in rows if row.worker.worker_id != me]
        late = [
            one for one in self._open_of([], ids) if one.state is State.OVERDUE and one.rule.startswith(SUPERVISION)
        ]
        return len({one.subject for one in late})

    def _notes_to_answer(self) -> int:
        me = self.asker.worker_id
        if me is None or not self.sight(Thing.PERSONAL_SUPERVISION).own:
            return 0
        notes = notes_seen_by(self.own, lens_at(self.own, self._today), me, manages=False)
        return sum(one.worker.worker_id == me and one.agreed is None and one.withdrawn_on is None for one in notes)

    def _of_loads(self) -> dict[Need, int]:
        """Whoever says that their load is not right waits for a manager, and what was answered waits for them."""
        me, answers = self.asker.worker_id, self.sight(Thing.ANSWERING_LOAD) != NOTHING
        to_answer = self._loads_to_answer() if answers else []
        late = sum(one.answer is None and self._today.at > one.answer_by_on for one in to_answer)
        mine = load_challenges(self.own, lens_at(self.own, self._today), me) if me else []
        told = sum(one.waits_for_worker for one in mine)
        return {Need.LOADS_UNANSWERED: late, Need.LOADS: len(to_answer) - late, Need.LOAD_ANSWERED: told}

    def _of_first_years(self) -> dict[Need, int]:
        """Promises that are not kept: to the asker, and to how many workers of those for whom the asker answers."""
        sight, me = self.sight(Thing.WORKER), self.asker.worker_id
        if sight == NOTHING:
            return {}
        if not sight.is_of_places and not sight.supervised:
            lens = lens_at(self.connection, self._today)
            if me is None or not in_first_year(self.connection, lens, me):
                return {}
        found = first_years_at(self.connection, self._today)
        mine = sum(one.not_kept for one in found if one.row.worker.worker_id == me)
        others = [one.row for one in found if one.not_kept and one.row.worker.worker_id != me]
        return {Need.MY_FIRST_YEAR: mine, Need.FIRST_YEARS: len(self.workers_narrowed(self._today, others))}

    def _reviews(self) -> dict[Need, int]:
        found = self.notices()
        return {Need.LATE_REVIEWS: found.overdue, Need.REVIEWS: found.waiting - found.overdue}

    def _changes_of_worker(self) -> dict[Need, int]:
        """Offers that the asker may answer, and changes to or from them of which a step is not recorded."""
        if self.sight(Thing.HANDOVERS) == NOTHING or not self._is_home_of(Kept.ALLOCATIONS):
            return {}
        found, me = self._changes_in_sight(), self.asker.worker_id
        offers = sum(one.is_waiting and self._refusal_to_take(one) is None for one in found)
        mine = [one for one in found if me and one.is_accepted and me in (one.worker_id, one.from_worker_id)]
        return {Need.OFFERS: offers, Need.STEPS: len(mine)}

    def _from_case_supervision(self) -> dict[Need, int]:
        waiting = self._waiting_of_mine()
        late = sum(one.due_on < self._today.at for one in waiting.actions)
        return {Need.ACTIONS: late, Need.CONFIRM: len(waiting.to_confirm)}

    def _of_challenges(self) -> dict[Need, int]:
        to_answer, answered = self._challenges_of_mine()
        return {Need.CHALLENGES: to_answer, Need.ANSWERED: answered}

    def _own_actions_late(self) -> int:
        return sum(one.is_late_on(self._today.at) for one in self._own_actions().actions)

    def _posts_uncovered(self) -> int:
        """For whoever fills them: a post that an agency worker covers is empty still, but children are seen."""
        if not self.asker.holds(*FILL_POSTS) or self.sight(Thing.POSTS) == NOTHING:
            return 0
        return sum(row.uncovered > 0 for row in posts_of(self.connection, self._today))

    def _of_the_data(self) -> dict[Need, int]:
        if self.sight(Thing.LOADS) == NOTHING or not self.asker.holds(*MEND_ROWS):
            return {}
        return {Need.SET_ASIDE: sum(line.set_aside for line in loads(self.own))}

    def _begun(self) -> int:
        return 0 if self.sight(Thing.DRAFTS) == NOTHING else drafts.counted(self.own, self.now)

    def _open_of(self, child_ids: list[str], worker_ids: list[str]) -> list[Reading]:
        found, rulebook = open_of(self.connection, self._today, child_ids, worker_ids)
        return list(rows_of(found, rulebook))
