"""The record that the crawler asks about, and every address of the pages, found by itself and filled in.

The child `all` is with Cal of t3 of Marl, furthest off; `hid`, beside it, is restricted to somebody who is not here;
the setting is `own`, which widens nothing. Each has a row in what is written here, so that an address leads to one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, get_resolver, reverse

from keyworker.access import who_may
from keyworker.access.scopes import Subject
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.web import doors
from tests.access.made import BEGAN, NOW, told
from tests.access.restricting import restricted
from tests.access.rows import every_row
from tests.clocks.made import involvement
from tests.servers.started import Database

BORN = date(2015, 3, 1)
FAR = {HandleKind.CHILD: "all", HandleKind.WORKER: "cal", HandleKind.TEAM: "t3"}
NAME, HIDDEN = "All Madeup", "Hid Unsaid"
WHY_AWAY, NOTE = "MADEUPREASON", "MADEUPNOTE"
"""Why Pat, Ann and Cal are away, and what was written of Cal's supervision: told by no page to any role."""
AWAY = {"from_on": date(2026, 3, 2), "expected_return_on": date(2026, 4, 13), "reason_class": WHY_AWAY}
NOBODY = "nobodyhasthishandle1"
WRITTEN_OF_A_CHILD = {
    "visit": "visit_note",
    "planned": "planned_visit",
    "lone": "lone_visit",
    "exception": "timescale_exception",
    "supervision": "case_supervision_note",
    "marker": "not_to_be_told",
    "naming": "restriction_named",
    "copy": "copy_for_outside",
    "handover": "handover",
    "asked": "time_asked",
    "words": "own_words",
    "erasure": "erasure_asked",
    "work": "direct_work",
    "action": "plan_action",
    "raised": "challenge",
    "stage": "challenge_stage",
    "meeting": "meeting",
    "glass": "broken_glass",
}
"""What stands in an address beside a child's handle, and the table of it; each row is named after its child."""
WORDS: Mapping[str, object] = {
    "part": "children",
    "what": "open",
    "name": "open-children",
    "rule": "cp-visit",
    "measure": "cin-rate-31-march",
    "load": 1,
    "note": "supervision_note-all",
    "opening": "supervision_opening-all",
    "challenge": "load_challenge-all",
    "rebase": "none-such",
    "draft": "none-such",
    "kind": "contact",
    "table": "contacts",
    "entry": 1,
    **dict.fromkeys(WRITTEN_OF_A_CHILD, "none-such"),
}
"""What stands in an address beside a handle, where nothing is known of the child."""
PLACED = {"due", "due-calendar", "ahead", "nothing-recent", "nothing-recent-csv", "counted", "counted-csv"} | {
    "missed-visits",
    "missed-visits-csv",
    "posts",
}
"""The addresses that may name a team, a district or the whole service."""
ABOUT_NO_OTHER = {"load-challenge-new", "new-child", "post-new", "staff-new"}
"""The addresses whose form is about whoever sends it, or about nobody: no role sends it of another."""
_FITTING: Mapping[str, Mapping[str, object]] = {
    "supervision_note": {"note": NOTE, "written_by": "bea", "supervisor_id": "bea"},
    "supervision_opening": {"supervisor_id": "bea"},
    "erasure_asked": {"in_table": "contacts"},
    "handover": {"from_worker_id": "cal", "team_id": "t3"},
}


def make(database: Database) -> None:
    """Write the service, the restricted child and what was written of both."""
    hidden = {
        "person": [{"child_id": "hid", "forename": "Hid", "surname": "Unsaid", "birth_on": BORN}],
        "cin_episodes": [{"referral_id": "r-hid", "child_id": "hid", "from_on": BEGAN, "team_id": "t3"}],
        "cp_plans": [{"cp_plan_id": "p-hid", "child_id": "hid", "from_on": BEGAN}],
        "involvements": [involvement(9, "cal", "Lead", BEGAN, None, child_id="hid", team_id="t3")],
    }
    away = [AWAY | {"absence_id": f"x-{one}", "worker_id": one} for one in ("pat", "ann", "cal")]
    with database.connect(DatabaseRole.LOADER) as loader:
        told(loader, absence=away, **hidden, **_written(staying=False))
    with database.connect(DatabaseRole.APPLICATION) as keeper:
        append(keeper, Act("entry", "somebody.else", "test", "keyworker"), NOW, _written(staying=True))
    restricted(database, "hid", "nobody.here")


def more_hidden(database: Database) -> None:
    """Write more restricted children, of the worker who asks and of one far off, with everything that is written."""
    _more(database, {"hidden1": "pat", "hidden2": "cal"})
    for child in ("hidden1", "hidden2"):
        restricted(database, child, "nobody.here")


def more_far(database: Database) -> None:
    """Write one more child furthest off, whom every role sees that sees everybody, and no other."""
    _more(database, {"further": "cal"})


def _more(database: Database, children: Mapping[str, str]) -> None:
    teams = {"pat": "t1", "cal": "t3"}
    rows = {
        "person": [{"child_id": one, "forename": "More", "surname": HIDDEN, "birth_on": BORN} for one in children],
        "cin_episodes": [
            {"referral_id": f"r-{one}", "child_id": one, "from_on": BEGAN, "team_id": teams[worker]}
            for one, worker in children.items()
        ],
        "cp_plans": [{"cp_plan_id": f"p-{one}", "child_id": one, "from_on": BEGAN} for one in children],
        "involvements": [
            involvement(f"i-{one}", worker, "Lead", BEGAN, None, child_id=one, team_id=teams[worker])
            for one, worker in children.items()
        ],
    }
    kept: dict[bool, dict[str, list[dict[str, Any]]]] = {False: rows, True: {}}
    for staying, into in kept.items():
        for table, (_, hidden, _) in _written(staying=staying).items():
            if table in WRITTEN_OF_A_CHILD.values():
                into[table] = into.get(table, []) + [_of_another(hidden, one, "hid") for one in children]
    with database.connect(DatabaseRole.LOADER) as loader:
        append(loader, Act("entry", "somebody.else", "test", "keyworker"), NOW, kept[False])
    with database.connect(DatabaseRole.APPLICATION) as keeper:
        append(keeper, Act("entry", "somebody.else", "test", "keyworker"), NOW, kept[True])


def _written(*, staying: bool) -> dict[str, list[dict[str, Any]]]:
    """What was written here of the child furthest off, of the restricted child, and of the one nearest by."""
    tables = {*WRITTEN_OF_A_CHILD.values(), "restriction", "supervision_note", "supervision_opening", "load_challenge"}
    found: dict[str, list[dict[str, Any]]] = {}
    for table, rows in every_row(staying=staying).items():
        if table in tables:
            far = rows[-1] | _FITTING.get(table, {})
            found[table] = [far, _of_another(far, "hid"), _of_another(far, "own")]
    return found


def _of_another(row: Mapping[str, Any], child: str, of: str = "all") -> dict[str, Any]:
    named = {column: one.replace(f"-{of}", f"-{child}") if isinstance(one, str) else one for column, one in row.items()}
    return named | ({"child_id": child} if "child_id" in row else {})


@dataclass(frozen=True)
class Known:
    """The handles of whom the crawler asks about. Takes handles, by kind; children, by identifier."""

    handles: Mapping[HandleKind, str]
    children: Mapping[str, str]

    def of(self, child: str) -> dict[HandleKind, str]:
        """The handles with which an address is filled in about a child; of nobody, one that nobody has."""
        return {**self.handles, HandleKind.CHILD: self.children.get(child, NOBODY)}


def known(database: Database) -> Known:
    """Give handles out."""
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        handles = {kind: handles_of(connection, kind, [one])[one] for kind, one in FAR.items()}
        return Known(handles, handles_of(connection, HandleKind.CHILD, ["all", "hid", "own"]))


def kind_of(name: str) -> HandleKind | None:
    """Whose handle an address takes, by the thing at which it stands: what is about nobody takes a post's."""
    kinds = {Subject.CHILD: HandleKind.CHILD, Subject.WORKER: HandleKind.WORKER, Subject.TEAM: HandleKind.TEAM}
    return next((kinds[about] for one in doors.things(name) if (about := who_may()[one].about) in kinds), None)


def _patterns() -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns:
        if str(pattern.name) not in doors.OPEN:
            yield pattern


def takes_child(name: str) -> bool:
    """Whether a child's handle stands in an address."""
    (pattern,) = (one for one in get_resolver().url_patterns if one.name == name)
    return "handle" in pattern.pattern.converters and kind_of(name) is HandleKind.CHILD


def path_of(
    pattern: URLPattern, handles: Mapping[HandleKind, str], child: str = "", parts: Mapping[str, str] | None = None
) -> str:
    """An address filled in. Takes child, whose rows stand in it where it is of one that was written here; parts, the
    list that each address of a file gives."""
    name, kind = str(pattern.name), kind_of(str(pattern.name))
    words = {**WORDS, **{word: f"{table}-{child}" for word, table in WRITTEN_OF_A_CHILD.items()}} if child else WORDS
    handle = handles.get(kind, NOBODY) if kind else NOBODY
    words = {**words, "handle": handle, "part": (parts or {}).get(name, WORDS["part"])}
    return reverse(name, kwargs={wanted: words[wanted] for wanted in pattern.pattern.converters})


def addresses(
    handles: Mapping[HandleKind, str], child: str = "", parts: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """Every address by its name, filled in; of a post, which nobody has, with a handle that nobody has."""
    found = [(str(pattern.name), path_of(pattern, handles, child, parts)) for pattern in _patterns()]
    places = ({"team": handles[HandleKind.TEAM]}, {"district": "Marl"}, {"whole": "yes"})
    placed = [(name, f"{path}?{urlencode(of)}") for name, path in found if name in PLACED for of in places]
    return found + placed


def taking_forms() -> dict[str, URLPattern]:
    """The addresses that take a form, but for those of one's own sign-in, which are about nobody else."""
    return {str(one.name): one for one in _patterns() if one.name in doors.FORMS - doors.OWN}
