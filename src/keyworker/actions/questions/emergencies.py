"""Opening a record in an emergency, closing it, and looking at it afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from keyworker.access import NOTHING, Place, Thing, require, warrant_of
from keyworker.actions import emergencies
from keyworker.actions.emergencies import Rules, WantedOpening, problems, review_problems, rules_at, too_often
from keyworker.actions.questions.opened import NOT_GIVEN, Opened
from keyworker.actions.questions.seen import Seen, nobody
from keyworker.actions.reading import one_reading
from keyworker.facts.accounts import Account, accounts_at, named_in
from keyworker.facts.belonging import children_belonging
from keyworker.facts.days import london_day
from keyworker.facts.emergencies import Opening, openings
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of, id_of
from keyworker.facts.people import Child
from keyworker.facts.people import children as people_of
from keyworker.vocabulary.errors import KeyworkerError, Refused

DAY = timedelta(hours=24)
_OWN = Refused(
    "Nobody reviews what they opened themselves.",
    where="a review",
    remedy="Another head of service of the district, or a director, reviews it.",
)


@dataclass(frozen=True)
class Emergency:
    """One opening as whoever opened it, or may review it, sees it.

    Takes   who, in words; child, None where what was typed named nobody; reviewed_by, in words, empty until then;
            is_own, whether it waits and the asker opened it, under this sign-in or another, so that another reviews it.
    """

    opening: Opening
    who: str
    child: Child | None
    reviewed_by: str
    is_own: bool = False


@dataclass(frozen=True)
class EmergencyPage:
    """What somebody needs who means to open a record. Takes mine, what they opened themselves, the latest first."""

    rules: Rules
    left: int
    mine: tuple[Emergency, ...]


@dataclass(frozen=True)
class Notices:
    """What stands on somebody's first page.

    Takes   waiting, how many openings they are to review; overdue, how many of them are late; children, the handles of
            the restricted children for whom they are named whose record was opened and is not reviewed yet.
    """

    waiting: int = 0
    overdue: int = 0
    children: tuple[str, ...] = ()


class AboutEmergencies(Opened):
    """Opening a record in an emergency, closing it, and looking at it afterwards."""

    def emergency(self) -> EmergencyPage:
        """What the council has set, how often the asker may still try today, and what they opened."""

        def read() -> EmergencyPage:
            rules, mine = rules_at(self.connection, self._today), self._mine()
            return EmergencyPage(rules, max(0, rules.a_day - self._tried(mine)), self._shown(mine))

        return self._read("emergency", read, nobody)

    def break_glass(self, wanted: WantedOpening) -> str | None:
        """Open a record in an emergency. The attempt is kept and reviewed, whether or not there is such a child.

        Gives   the child's handle; None where what was typed names nobody. Nothing tells which before it is kept.
        Raises  KeyworkerError for what cannot be read; Refused for whoever may not, or has tried too often.
        """
        with self._attempt("emergency"):
            self._require_places("emergency", Thing.EMERGENCIES, of_places=False)
            wrong = problems(wanted)
            if wrong:
                raise KeyworkerError(f"{next(iter(wrong.values()))}.", remedy="Nothing was opened. Mend it, try again.")
            rules = rules_at(self.connection, self._today)
            require(too_often(rules) if self._tried(self._mine()) >= rules.a_day else None)
        child = self._named(wanted)
        role = warrant_of(self.asker, Thing.EMERGENCIES).role
        child_id = child.child_id if child else None
        emergencies.open_record(self.own, self.asker, self.now, wanted, child_id, role, rules)
        handle = child.handle if child else None
        self._log("emergency" if handle else f"{NOT_GIVEN}: emergency", {HandleKind.CHILD: [handle] if handle else []})
        return handle

    def close_emergency(self, glass_id: str) -> None:
        """Close a record that the asker opened, before its time is over."""
        one = next((one for one in self._mine() if one.glass_id == glass_id), None)
        if one is None or one.until_at <= self.now:
            raise KeyworkerError("No such record stands open.", remedy="Nothing needs to be done.")
        emergencies.close_record(self.own, self.asker, self.now, one)

    def emergencies(self) -> list[Emergency]:
        """Everything opened in an emergency that the asker may review: what waits first, the oldest first."""
        self._require_places("emergency reviews", Thing.REVIEWS, of_places=True)

        def read() -> list[Emergency]:
            found = self._shown(self._reviewable(openings(self.connection, self._today)))
            return sorted(found, key=_order)

        return self._read("emergency reviews", read, _children_of)

    def emergencies_of(self, child: str) -> tuple[Emergency, ...]:
        """Who opened a child's record in an emergency: for whoever is named for the child, or may review it."""

        def read() -> tuple[Emergency, ...]:
            root = lens_at(self.connection, self._today).root(self._child_id(child))
            theirs = [one for one in openings(self.connection, self._today) if one.child_id == root]
            is_named = root in self._restricted().named and not self.standing(root)
            return self._shown(theirs if is_named else self._reviewable(theirs))

        return self._read("looked", read, _children_of)

    def notices(self) -> Notices:
        """What the asker's first page says of emergencies; nothing is shown of anybody, so nothing is logged."""
        with one_reading(self.connection):
            found, today, restricted = openings(self.connection, self._today), self._today.at, self._restricted()
            waiting = [one for one in found if one.waits and one.account != self.asker.account]
            mine = self._reviewable([one for one in waiting if not self._opened_it(one)]) if waiting else []
            named = {
                one.child_id
                for one in waiting
                if one.child_id and one not in mine and self.asker.account in restricted.named.get(one.child_id, ())
            }
            handles = handles_of(self.connection, HandleKind.CHILD, sorted(named))
        return Notices(len(mine), sum(one.is_overdue(today) for one in mine), tuple(sorted(handles.values())))

    def review(self, glass_id: str, outcome: str, found: str) -> None:
        """Write down whether it was right to open a record.

        Raises  Refused for whoever opened it; KeyworkerError where there is none to review, or a word is wanting.
        """
        one = next((one.opening for one in self.emergencies() if one.opening.glass_id == glass_id), None)
        if one is None:
            raise KeyworkerError("There is no such opening to review.", remedy="Open the list of reviews again.")
        require(_OWN if self._opened_it(one) else None)
        if not one.waits:
            raise KeyworkerError("This was reviewed already.", remedy="Nothing needs to be done.")
        wrong = review_problems(outcome, found)
        if wrong:
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", remedy="Nothing was written. Mend it, try again.")
        emergencies.review(self.own, self.asker, self.now, one, outcome, found)

    def _named(self, wanted: WantedOpening) -> Child | None:
        """The child whom somebody typed. As many questions are asked of one whom nobody knows."""
        typed = wanted.handle.strip().rstrip("/").rsplit("/", 1)[-1]
        by_handle = id_of(self.connection, HandleKind.CHILD, typed)
        lens = lens_at(self.connection, self._today)
        root = lens.root(by_handle or wanted.number.strip())
        who = people_of(self.connection, lens.of([root]))[root]
        if by_handle is None and (wanted.handle or who.birth_on is None or who.birth_on != wanted.born_on):
            return None
        return who

    def _mine(self) -> list[Opening]:
        return [one for one in openings(self.connection, self._today) if one.account == self.asker.account]

    def _opened_it(self, one: Opening) -> bool:
        """Whether the asker opened it, under this sign-in or another."""
        return self._is_one_of([one.account], london_day(one.opened_at), self._today.at)

    def _tried(self, mine: Sequence[Opening]) -> int:
        return sum(self.now - one.opened_at < DAY for one in mine)

    def _reviewable(self, found: Sequence[Opening]) -> list[Opening]:
        """Those that the asker may look at: by where the child is today, or where nobody was named, who asked."""
        sight, hidden = self.sight(Thing.REVIEWS), self.hidden()
        listed = [one for one in found if one.child_id is None or one.child_id not in hidden]
        if sight.everything or sight == NOTHING:
            return listed if sight.everything else []
        ids = sorted({one.child_id for one in listed if one.child_id})
        children = {
            child_id: self._place_of_belonging(belonging)
            for child_id, belonging in children_belonging(self.connection, self._today, ids).items()
        }
        accounts = accounts_at(self.connection, self._today)
        return [
            one
            for one in listed
            if sight.covers(children[one.child_id] if one.child_id else self._place_of_account(accounts, one.account))
        ]

    def _place_of_account(self, accounts: Mapping[str, Account], account: str) -> Place:
        worker_id = accounts[account].worker_id if account in accounts else None
        return self._place_of_worker(worker_id) if worker_id else Place()

    def _shown(self, found: Sequence[Opening]) -> tuple[Emergency, ...]:
        accounts = accounts_at(self.connection, self._today)
        ids = [one.child_id for one in found if one.child_id]
        who = people_of(self.connection, lens_at(self.connection, self._today).of(ids)) if ids else {}
        return tuple(
            Emergency(
                one,
                named_in(accounts, one.account),
                who.get(one.child_id) if one.child_id else None,
                named_in(accounts, one.reviewed_by) if one.reviewed_by else "",
                one.waits and self._opened_it(one),
            )
            for one in found
        )


def _order(one: Emergency) -> tuple[bool, float]:
    at = one.opening.opened_at.timestamp()
    return (not one.opening.waits, at if one.opening.waits else -at)


def _children_of(found: Sequence[Emergency]) -> Seen:
    return {HandleKind.CHILD: [one.child.handle for one in found if one.child]}
