"""A made-up restricted child, records opened in an emergency, and lines of the access log."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.actions.questions.emergencies import Emergency
from keyworker.actions.questions.log import LogPage
from keyworker.actions.questions.restrictions import RestrictedChild, Restricting
from keyworker.facts.accounts import Account
from keyworker.facts.emergencies import Opening
from keyworker.facts.people import Child
from keyworker.facts.restricted import Standing
from keyworker.facts.restrictions import Named, Restriction
from keyworker.record.looking import Line
from tests.web.fictional import NOW

HANDLE = f"ch{1:022}"
SINCE = date(2026, 11, 2)
ACCOUNTS = {
    "sorrel": Account("sorrel", "Sorrel Fictitious", "w1", ("team manager",)),
    "ash": Account("ash", "Ash Invented", "w2", ("social worker",)),
    "rowan": Account("rowan", "rowan", None, ("director",)),
}
NAMED = (
    Named("a" * 32, 2, "sorrel", "sorrel", "decided the restriction", SINCE, None, None, None),
    Named("b" * 32, 3, "ash", "sorrel", "leads the work with the child", SINCE, None, None, None),
    Named("c" * 32, 4, "rowan", "sorrel", "audited the file", SINCE, date(2026, 11, 9), "sorrel", "the audit is done"),
)
NOW_RESTRICTED = Restriction(
    "d" * 32, 1, "c1", "staff family", "The aunt works in this office.", "sorrel", SINCE, None, None, None, NAMED
)
RESTRICTING = Restricting((NOW_RESTRICTED,), ACCOUNTS, ())
OPEN_TO_ALL = Restricting((), ACCOUNTS, (ACCOUNTS["ash"],))
CHILDREN = [RestrictedChild(HANDLE, "Ashby Testwood", NOW_RESTRICTED)]
REASON = "The police rang: the child is at the station without an adult."
STANDING = Standing("e" * 32, "sorrel", "team manager", REASON, NOW - timedelta(hours=1), NOW + timedelta(hours=3))


def _opening(glass: str, account: str, child: str | None, review_by: date, outcome: str | None = None) -> Opening:
    seen = ("rowan", NOW - timedelta(days=1), outcome, "Rang the police, who confirm it.") if outcome else (None,) * 4
    opened_at = NOW - timedelta(hours=1 if account == "sorrel" else 170)
    until_at = opened_at + timedelta(hours=4)
    return Opening(9, glass, child, account, "social worker", REASON, opened_at, until_at, review_by, *seen)


WHO = Child("c1", HANDLE, "Ashby Testwood", date(2015, 3, 1))
EMERGENCIES = [
    Emergency(_opening("e" * 32, "sorrel", "c1", date(2026, 11, 26)), "Sorrel Fictitious, team manager", WHO, "", True),
    Emergency(_opening("f" * 32, "ash", None, date(2026, 11, 19)), "Ash Invented, social worker", None, ""),
    Emergency(
        _opening("0" * 32, "ash", "c1", date(2026, 11, 19), "right"), "Ash Invented, social worker", WHO, "rowan"
    ),
]
LOG = LogPage(
    (
        Line(3, NOW, "ash", "social worker", "direct work", "page", "child", "read a child's story", "child", 1),
        Line(2, NOW, "ash", "", "", "page", "not given: child", "read a child's story", "child", 0),
        Line(1, NOW, "analyst", "", "", "command", "children", "see how the service stands", "child", 210),
    ),
    {"ash": "Ash Invented, social worker"},
    has_more=True,
)
