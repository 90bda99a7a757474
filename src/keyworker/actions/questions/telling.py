"""Whether words may be shown to another agency's sign-in, and what of them: asked before they are written and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from keyworker.access import To, refusal_to, require
from keyworker.actions.challenges import AGENCY
from keyworker.actions.questions.keeping_back import KeepingBack
from keyworker.actions.telling import WAITS, Leaves, Message, leaves, of_action, of_challenge, require_looked, some
from keyworker.facts.challenges import Challenge
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lens import Lens
from keyworker.facts.marked import Marker
from keyworker.facts.plan_actions import PlanAction, given_to_agencies
from keyworker.facts.told_to_agency import looked_at


class Telling(KeepingBack):
    """What another agency's sign-in may be shown of what is written about a child."""

    def look_outside(self, child: str, account: str, said: Mapping[str, str]) -> Leaves:
        """What of some words another agency's sign-in would be shown, and what stays behind and why.

        Takes   said, the words, by what each is.
        Raises  Refused for whoever writes no such words of the child: by asking about words of their own they would
                find out what is marked.
        """

        def read() -> Leaves:
            child_id = self._child_id(child)
            place = self._place_of_child(child_id)
            plans, challenges = (refusal_to(do, self.asker, place) for do in (To.PLAN, To.CHALLENGE))
            require(plans and challenges)
            return leaves(account.strip(), child_id, some(said), self._kept_back([self._root_of(child_id)]))

        return self._read("words outside", read, lambda _: {HandleKind.CHILD: [child]})

    def agency_behind(self, child: str, one: Challenge) -> str:
        """The sign-in of the other agency that raised a challenge itself; empty where somebody here wrote it down.

        An agency challenges nothing but what is planned for the child of an action that it was given.
        """

        def read() -> str:
            lens = lens_at(self.own, self._today)
            found = self._of_agencies(lens.of([self._root_of(self._child_id(child))]), [one])
            return one.account if found else ""

        return self._read("child", read, lambda _: {HandleKind.CHILD: [child]})

    def _of_agencies(self, lens: Lens, challenges: Iterable[Challenge]) -> list[Challenge]:
        """Those of some challenges that another agency raised itself, for the child of an action of its own."""
        theirs = [one for one in challenges if one.raised_by == AGENCY]
        given = {each.account for each in given_to_agencies(self.own, lens)} if theirs else set()
        return [one for one in theirs if one.account in given]

    def _require_looked(self, child: str, account: str, said: Mapping[str, str], seen: str) -> None:
        """Stop words for another agency that nobody looked at before they are written. Takes seen, their digest.

        Raises  LookFirst, where something is marked and they were not looked at.
        """
        if account.strip() and some(said):
            require_looked(self.look_outside(child, account, said), seen)

    def _not_told(self, messages: Iterable[Message]) -> dict[tuple[str, str], str]:
        """Why some words are not shown to the other agency yet, by the table and the row in which they stand.

        What nobody agreed to is not shown where anything is marked, also where it was marked after they were written.
        """
        asked = [one for one in messages if one.said]
        if not asked:
            return {}
        roots = {one.child_id: self._root_of(one.child_id) for one in asked}
        marked = self._marked_of(set(roots.values()))
        if not marked:
            return {}
        looked = looked_at(self.connection, lens_at(self.connection, self._today).of(sorted(marked)))
        found = {}
        for one in asked:
            would = leaves(one.account, one.child_id, one.said, marked[roots[one.child_id]])
            answer = looked.get((one.in_table, one.in_row, would.leaving))
            if would.needs_second and (answer is None or not answer.agrees):
                said = f"{answer.account} said that they may not be told this: {answer.why}" if answer else WAITS
                found[one.in_table, one.in_row] = said
        return found

    def _marked_of(self, roots: Collection[str]) -> dict[str, list[Marker]]:
        """What is marked of each of some children and their families; nothing at all where nothing is of any."""
        found = self._kept_back(roots)
        if not found:
            return {}
        return dict.fromkeys(roots, found) if len(roots) == 1 else {root: self._kept_back([root]) for root in roots}

    def _not_told_of_actions(self, actions: Iterable[PlanAction]) -> dict[str, str]:
        found = self._not_told(of_action(one) for one in actions if one.account)
        return {number: why for (_, number), why in found.items()}

    def _not_told_of_challenges(self, challenges: Iterable[Challenge]) -> dict[str, str]:
        found = self._not_told(message for one in challenges for message in of_challenge(one))
        return {number: why for (_, number), why in found.items()}

    def _root_of(self, child_id: str) -> str:
        return lens_at(self.connection, self._today).root(child_id)
