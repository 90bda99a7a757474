"""Which thing of the table each address opens, and which take a form. One that is not here opens nothing."""

from __future__ import annotations

from collections.abc import Mapping

from keyworker.access import Thing, who_may

OPEN = frozenset({"sign-in", "sign-out", "theme", "on-this-device", "service-worker"}) | frozenset(
    {"second-step", "first-password", "first-factor", "first-passkey"}
    | {"passkey-sign-in", "council-sign-in", "council-back"}
)
"""What is open to whoever has not signed in."""
SIGNED_IN = frozenset({"home", "device-mark"})
"""What leads on, and shows nothing of the record."""
OWN = frozenset(
    {"my-sign-in", "my-password", "my-app", "my-codes", "my-passkey", "my-passkey-remove", "my-sessions-end", "prove"}
    | {"my-tokens", "my-reminders", "stay", "hand-over"}
)
"""One's own sign-in: open to whoever has signed in, with a role or without."""

FORMS = frozenset(
    {"sign-in", "sign-out", "second-step", "first-password", "first-factor", "first-passkey", "passkey-sign-in"}
    | {"my-password", "my-app", "my-codes", "my-passkey", "my-passkey-remove", "my-sessions-end", "prove"}
    | {
        "my-tokens",
        "my-reminders",
        "find",
        "names",
        "access-log",
        "access-log-csv",
        "self-check",
        "resets",
        "rebase",
        "rebase-withdraw",
    }
    | {"draft-keep", "draft-throw-away", "device-take", "device-send", "hand-over"}
    | {"new-child", "child-name"}
    | {"visit-plan", "visit-move", "visit-call-off", "visit-alone", "lone-visit-end"}
    | {"visit-new", "visit-withdraw", "visit-match", "time-ask", "time-asked", "time-take-back"}
    | {"own-words-new", "own-words-take-back", "direct-work-new", "direct-work-agreement"}
    | {"challenge-new", "challenge-answer", "challenge-next", "challenge-end"}
    | {"meeting-new", "meeting-withdraw"}
    | {"plan-action-new", "plan-action-move", "plan-action-end", "own-action-end"}
    | {"own-challenge-new", "own-challenge-next", "own-challenge-end"}
    | {"erasure-new", "erasure"}
    | {"child-case-notes", "record-new", "hand-entry-correct", "hand-entry-withdraw"}
    | {"cover-decide", "allocation-new", "allocation-end", "handover"}
    | {"child-supervision-new", "child-supervision-answer", "child-supervision-withdraw", "unit-meeting"}
    | {"child-not-to-be-told-new", "child-not-to-be-told-withdraw", "child-copy-new", "child-copy-answer"}
    | {"child-told-action", "child-told-answer", "child-told-outcome"}
    | {"post-new", "post-change", "post-step-new", "post-step"}
    | {"staff-new", "staff-entry-new", "staff-entry"}
    | {"load-challenge-new", "load-challenge", "load-challenge-take-back", "load-challenge-settle"}
    | {"exception-new", "exception-withdraw", "restriction", "restriction-lift", "naming-end"}
    | {"emergency", "emergency-close", "emergency-review"}
    | {"supervision-new", "supervision-open", "supervision-answer", "supervision-withdraw", "supervision-close"}
)
"""The names of the addresses that take a form; any other is only read."""

UPLOADS = frozenset({"direct-work-new"})
"""The names of the addresses whose form may bring a file."""

_TELLING = ("child-told-action", "child-told-answer", "child-told-outcome")
"""A second person's look at words for another agency."""
_OWN_CHALLENGE = ("own-challenge-new", "own-challenge-next", "own-challenge-end")
_BY_HAND = ("record-new", "hand-entry-correct", "hand-entry-withdraw")
DOORS: Mapping[Thing, tuple[str, ...]] = {
    Thing.CHILD: (
        "child",
        "child-csv",
        "cover-sheet",
        "child-due",
        "child-due-csv",
        "visit",
        "visit-planned",
        "time-asked",
        "child-own-words",
        "child-plan",
        "child-case-notes",
        "child-record",
        "hand-entry",
        "child-meetings",
        "child-challenges",
        "child-supervision",
        "exception-new",
        "exception-withdraw",
        "looked",
        "looked-csv",
    ),
    Thing.CHILDREN: (
        "names",
        "my-children",
        "my-children-csv",
        "counted",
        "counted-csv",
        "nothing-recent",
        "nothing-recent-csv",
        "missed-visits",
        "missed-visits-csv",
    ),
    Thing.FINDING: ("find",),
    Thing.NEW_CHILDREN: ("new-child",),
    Thing.NEEDS: ("needs-me",),
    Thing.DRAFTS: ("drafts", "draft-read", "draft-keep", "draft-throw-away"),
    Thing.TIME_ASKED: ("time-ask", "time-take-back", "my-time"),
    Thing.ANSWERING_TIME: ("time-to-answer",),
    Thing.VISITS: (
        "visit-new",
        "visit-withdraw",
        "visit-match",
        "visits-to-match",
        "device-take",
        "device-send",
        "visit-plan",
        "visit-move",
        "visit-call-off",
        "my-visits",
    ),
    Thing.ALONE: ("visit-alone", "lone-visits", "lone-visit-end"),
    Thing.SUPERVISING: (
        "child-supervision-new",
        "child-supervision-answer",
        "child-supervision-withdraw",
        "my-actions",
        "my-actions-csv",
        "unit-meeting",
    ),
    Thing.ALLOCATION: ("to-cover", "cover-decide", "allocation-new", "allocation-end"),
    Thing.HANDOVERS: ("child-workers", "handover", "handovers", "handovers-csv"),
    Thing.DUE: ("due", "due-csv", "ahead", "ahead-csv", "due-calendar"),
    Thing.PERSONAL_SUPERVISION: (
        "supervision",
        "supervision-new",
        "supervision-open",
        "supervision-answer",
        "supervision-withdraw",
        "supervision-close",
    ),
    Thing.WORKER: (
        "worker",
        "worker-csv",
        "my-work",
        "my-work-csv",
        "my-work-looked",
        "my-load",
        "first-years",
        "worker-load",
        "my-staff-record",
        "staff-record",
        "load-challenge",
    ),
    Thing.CHALLENGING_LOAD: ("load-challenge-new", "load-challenge-take-back", "load-challenge-settle"),
    Thing.ANSWERING_LOAD: ("loads-to-answer",),
    Thing.TEAM: ("my-team", "my-team-csv", "team", "team-csv", "team-over-time", "team-over-time-csv"),
    Thing.SERVICE: ("service", "service-csv", "missed", "missed-csv"),
    Thing.SUPPRESSED: (
        "measures",
        "measures-csv",
        "measure",
        "measure-csv",
        "rebase",
        "rebase-withdraw",
        "areas",
        "areas-csv",
    ),
    Thing.NOT_TO_BE_TOLD: (
        "child-not-to-be-told",
        "child-not-to-be-told-new",
        "child-not-to-be-told-withdraw",
    ),
    Thing.DIRECT_WORK: (
        "child-direct-work",
        "direct-work-new",
        "direct-work-open",
        "direct-work-agreement",
        "nothing-attached",
    ),
    Thing.FRONT_DOOR: _BY_HAND,
    Thing.NEED: _BY_HAND,
    Thing.DECIDING: _BY_HAND,
    Thing.PEOPLE: (*_BY_HAND, "child-name"),
    Thing.NOTES: _BY_HAND,
    Thing.WARNINGS: _BY_HAND,
    Thing.REVIEWING_WARNINGS: (*_BY_HAND, "warnings-to-look-at", "warnings-csv"),
    Thing.ERASING: ("erasure-new",),
    Thing.AGREEING_ERASURES: ("erasure", "erasures"),
    Thing.OWN_WORDS: ("own-words-new", "own-words-take-back"),
    Thing.PLAN_ACTIONS: ("plan-action-new", "plan-action-move", "plan-action-end"),
    Thing.MEETINGS: ("meeting-new", "meeting-withdraw"),
    Thing.CHALLENGE: (
        "challenges",
        "challenges-csv",
        "challenge-new",
        "challenge-answer",
        "challenge-next",
        "challenge-end",
    ),
    Thing.CHAIRING: (*_BY_HAND, "chairing", "chairing-csv"),
    Thing.ACTIONS: ("own-actions", "own-actions-csv", "own-action-end", *_OWN_CHALLENGE),
    Thing.COPIES: ("for-child", "child-copies", "child-copy-new", "child-copy", "child-copy-sheet"),
    Thing.AGREEING_COPIES: ("copies", "child-copy-answer", *_TELLING),
    Thing.KEEPING_POSTS: ("post-new", "post-keep", "post-change", "post-step-new", "post-step"),
    Thing.KEEPING_STAFF: ("staff", "staff-new", "staff-record", "staff-entry-new", "staff-entry"),
    Thing.LEARNING: ("learning",),
    Thing.RECORDING_LEARNING: ("staff", "staff-record", "staff-entry-new", "staff-entry"),
    Thing.POSTS: ("posts", "posts-csv", "post", "post-csv"),
    Thing.RESTRICTIONS: ("restricted-children", "restriction", "restriction-lift", "naming-end"),
    Thing.EMERGENCIES: ("emergency", "emergency-close"),
    Thing.REVIEWS: ("emergency-reviews", "emergency-review"),
    Thing.ACCESS_LOG: ("access-log", "access-log-csv"),
    Thing.LOADS: ("loads", "meaning", "workbook", "records-csv"),
    Thing.SET_ASIDE: ("set-aside",),
    Thing.QUALITY: ("quality", "records-csv"),
    Thing.ROLES: ("roles", "roles-csv", "resets"),
    Thing.PUBLISHED: ("figures", "figures-csv", "figure", "figure-csv"),
    Thing.RULEBOOK: ("rules", "rules-csv", "rule", "rule-pace", "rule-pace-csv", "self-check"),
    Thing.WHO_MAY: ("who-may", "who-may-csv", "for-staff"),
}
"""The names of the addresses by which a thing is opened; one that opens either of two stands at both."""


def things(name: str | None) -> tuple[Thing, ...]:
    """The things of which an address opens one or another; none for an address that the table knows nothing of."""
    return tuple(thing for thing, names in DOORS.items() if name in names)


def is_open(name: str | None, routes: frozenset[str]) -> bool:
    """Whether an address is open to somebody to whom some routes are."""
    return any(not routes.isdisjoint(who_may()[thing].routes) for thing in things(name))
