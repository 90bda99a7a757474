"""Made up: what pages ask and write of who may not know a child's record, or parts of it."""

from __future__ import annotations

from dataclasses import replace

from keyworker.access import require
from keyworker.actions.emergencies import Rules, WantedOpening
from keyworker.actions.marking import WantedMarker
from keyworker.actions.questions.emergencies import Emergency, EmergencyPage, Notices
from keyworker.actions.questions.markers import ToWithdraw
from keyworker.actions.questions.restrictions import Mark, RestrictedChild, Restricting
from keyworker.actions.restrictions import WantedRestriction
from keyworker.facts.marked import Markable, Marker
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import Refused
from tests.web import fictional as made_up
from tests.web import made_markers, made_restricted
from tests.web.source.made import Made


class Guarded(Made):
    """What pages ask and write of who may not know a child's record, or parts of it."""

    def warnings(self, child: str) -> list[Marker]:
        return [one.without_values for one in self.markers(Moment(made_up.NOW.date()), child) if one.withdrawn is None]

    def markers(self, moment: Moment, child: str) -> list[Marker]:
        if not self.marked:
            return []
        found = made_markers.markers()
        return [replace(found[0], asked=made_markers.ASKED), *found[1:]] if self.asked_to_withdraw else found

    def markables(self, child: str) -> list[Markable]:
        return [] if self.empty else made_markers.markables()

    def refusal_to_mark(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("What must not be told is marked by those who work with the child.")

    def may_mark(self, child: str) -> None:
        require(self.refusal_to_mark(child))

    def mark(self, child: str, wanted: WantedMarker) -> None:
        self.written.append(wanted)

    def ask_to_withdraw(self, child: str, marker_id: str, why: str) -> None:
        self.written.append((marker_id, why))

    def refusal_to_withdraw(self, child: str, one: Marker) -> Refused | None:
        return None if self.another_asked else Refused("You asked to withdraw this, so another person must agree.")

    def answer_withdrawal(self, child: str, marker_id: str, why: str, *, agrees: bool) -> None:
        self.written.append((marker_id, why, agrees))

    def markers_to_withdraw(self) -> list[ToWithdraw]:
        asked = [one for one in self.markers(Moment(made_up.NOW.date()), "") if one.asked and self.another_asked]
        return [ToWithdraw(f"ch{1:022}", "Ashby Fictional", one.without_values) for one in asked]

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
