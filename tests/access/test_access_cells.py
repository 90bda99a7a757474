"""Cell by cell: every role asks for every thing at every distance, through the real door, on a made-up record.

What is expected is read from the table; what is given comes of the questions. The setting is `own`, so that nothing is
widened; `test_access_scope` widens it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache

import pytest

from keyworker.access import Door, Scope, Thing, refusal_to_rebase, who_may
from keyworker.access.scopes import Subject
from keyworker.access.table import roles
from keyworker.actions import Keyworker
from keyworker.actions.copies import WantedCopy
from keyworker.actions.questions.log import LogSearch
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.permitting import NOT_SHOWN
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.copies import CopyAsked
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.measures.passes.asked import Asked
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.forms import Form, forms
from keyworker.vocabulary.staff_forms import staff_forms
from tests.access.made import HELD, NOW, TODAY, account, opened_in_an_emergency, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server

MOMENT = Moment(TODAY)
MONTH_END = date(2026, 2, 28)
"""Whoever is not responsible for everything is told of the last days of months only."""
NOTES = [
    {
        "note_id": far.value,
        "worker_id": worker,
        "supervisor_id": supervisor,
        "happened_on": TODAY,
        "note": "Made-up words",
        "written_by": supervisor,
    }
    for far, worker, supervisor in (
        (Scope.OWN, "pat", "mo"),
        (Scope.SUPERVISED, "ned", "sue"),
        (Scope.TEAM, "eve", "ann"),
        (Scope.DISTRICT, "eve", "bea"),
        (Scope.ALL, "eve", "cal"),
    )
]
"""A note of supervision at each distance: of Pat's own, or held by whoever stands there."""
NEEDS = [
    {"need_id": far.value, "worker_id": worker, "happened_on": TODAY, "subject": "made up"}
    for far, (worker, _) in HELD.items()
]
"""Something that each worker is to learn."""
ERASURES = [
    {
        "erasure_id": one.value,
        "child_id": one.value,
        "happened_on": TODAY,
        "in_table": "cin_episodes",
        "entry": 1,
        "reason": "a court",
        "why": "Made-up words",
        "asked_by": "somebody.else",
    }
    for one in HELD
]
"""An erasure of each child that somebody else asked for."""
DISTANCES = {
    Subject.CHILD: tuple(HELD),
    Subject.WORKER: tuple(HELD),
    Subject.TEAM: (Scope.TEAM, Scope.DISTRICT, Scope.ALL),
    Subject.NOBODY: (Scope.ALL,),
}
ASKED_BY_ANOTHER = CopyAsked(
    "0" * 32, "", "mother", "Mary Madeup", "a test", None, False, "", 0, "another", None, TODAY, "asked", None, None,
    NOW, 0,
)  # fmt: skip
Ask = Callable[[Keyworker, Scope], bool]
"""Whether a door, asked for what stands at a distance, gives it."""


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    """The made-up service in a record of its own."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, training_need=NEEDS)
    with made.connect(DatabaseRole.APPLICATION, autocommit=True) as application:
        append(
            application,
            Act("entry", author="test", purpose="test", source="keyworker"),
            NOW,
            {"supervision_note": NOTES, "erasure_asked": ERASURES},
        )
    with made.connect(DatabaseRole.APPLICATION) as application:
        opened_in_an_emergency(application)
    yield made
    embedded_server.drop(made)


def _handle(door: Keyworker, kind: HandleKind, identifier: str) -> str:
    return handles_of(door.connection, kind, [identifier])[identifier]


def _gives(ask: Callable[[], object]) -> bool:
    """Whether a question is answered. Refused and not known are its two ways of not being; a fault is none."""
    try:
        ask()
    except (Refused, NotKnown):
        return False
    return True


def _child(door: Keyworker, far: Scope) -> bool:
    handle = _handle(door, HandleKind.CHILD, far.value)
    asks: tuple[Callable[[], object], ...] = (
        lambda: door.child(handle, MOMENT),
        lambda: door.name_of(handle, MOMENT),
        lambda: door.together(handle, MOMENT),
        lambda: door.clocks(MOMENT, child=handle),
        lambda: door.missed(MOMENT, child=handle),
    )
    answers = {_gives(ask) for ask in asks}
    assert len(answers) == 1, "every question about a child's record answers alike"
    return answers.pop()


def _children(door: Keyworker, far: Scope) -> bool:
    try:
        return far.value in {row.child_id for row in door.children(MOMENT)}
    except Refused:
        return False


def _names(door: Keyworker, far: Scope) -> bool:
    """A name in a list, or where a role has no list, on the child's record."""
    if who_may()[Thing.CHILDREN].cell(door.asker.roles[0].role).scope is Scope.NONE:
        return _child(door, far)
    rows = {row.child_id: row for row in door.children(MOMENT)}
    return far.value in rows and rows[far.value].name != NOT_SHOWN


def _due(door: Keyworker, far: Scope) -> bool:
    """Among what is due to the asker's own children, or to those of the child's worker, team or district."""
    worker, team = HELD[far]
    places: tuple[Mapping[str, str], ...] = (
        {},
        {"worker": _handle(door, HandleKind.WORKER, worker)},
        {"team": _handle(door, HandleKind.TEAM, team)},
        {"district": _district(far)},
    )
    found: set[str] = set()
    for place in places:
        try:
            found |= {one.child.child_id for one in door.due(MOMENT, **place) if one.child}
        except (Refused, NotKnown):
            continue
    return far.value in found


def _district(far: Scope) -> str:
    return "Marl" if HELD[far][1] == "t3" else "Fenland"


def _marks(door: Keyworker, far: Scope) -> bool:
    """Whether what must not be told of a child is given, as the button says that it is."""
    handle = _handle(door, HandleKind.CHILD, far.value)
    given = {_gives(lambda: door.markers(MOMENT, handle)), _gives(lambda: door.markables(handle))}
    assert given == {door.refusal_to_mark(handle) is None}
    return given.pop()


def _copies(door: Keyworker, far: Scope) -> bool:
    """Whether a copy of a child's record can be looked at, as the link says that it can."""
    handle = _handle(door, HandleKind.CHILD, far.value)
    wanted = WantedCopy("0" * 32, "mother", "Mary Madeup", "a test")
    given = {_gives(lambda: door.look(handle, wanted)), _gives(lambda: door.copies(handle))}
    assert given == {door.refusal_to_copy(handle) is None}
    return given.pop()


def _attaches(door: Keyworker, far: Scope) -> bool:
    """Whether direct work with a child is given, as the link says that it is."""
    handle = _handle(door, HandleKind.CHILD, far.value)
    given = _gives(lambda: door.direct_work(handle))
    assert given == (door.refusal_to_attach(handle) is None)
    return given


def _writes_words(door: Keyworker, far: Scope) -> bool:
    """Whether what a child says may be written down, and the entries that it may be about are given with it."""
    handle = _handle(door, HandleKind.CHILD, far.value)
    given = _gives(lambda: door.entries_of(handle))
    assert given == (door.refusal_to_write_words(handle) is None)
    return given


def _plans(door: Keyworker, far: Scope) -> bool:
    """Whether what a plan asks may be written down, and of whom is given with it."""
    handle = _handle(door, HandleKind.CHILD, far.value)
    given = _gives(lambda: door.plan_workers(handle))
    assert given == (door.refusal_to_plan(handle) is None)
    return given


def _records(form: Form) -> Ask:
    """Whether a form may be filled in of a child, as the list of the forms that may be says too."""

    def records(door: Keyworker, far: Scope) -> bool:
        handle = _handle(door, HandleKind.CHILD, far.value)
        given = door.refusal_to_record(handle, form) is None
        assert given == (form in door.on_record(handle).forms if _gives(lambda: door.on_record(handle)) else False)
        return given

    return records


def _records_staff(door: Keyworker, far: Scope, kind: str) -> bool:
    """Whether a form may be filled in of a worker, as the page of what is kept of them says too."""
    handle, form = _handle(door, HandleKind.WORKER, HELD[far][0]), staff_forms()[kind]
    given = _gives(lambda: door.may_record_staff(form))
    shown = form in door.staff_record(handle).forms if _gives(lambda: door.staff_record(handle)) else False
    assert given == shown
    return given


def _learners(door: Keyworker) -> set[str]:
    """The workers of whom what they learn is told, by how far off they stand."""
    try:
        told_of = {one.worker.worker_id for one in door.learning()}
    except Refused:
        return set()
    return {far.value for far, (worker, _) in HELD.items() if worker in told_of}


def _erases(door: Keyworker, far: Scope) -> bool:
    """Whether an erasure that somebody else asked for of a child waits for whoever asks."""
    try:
        return far.value in {one.asked.child_id for one in door.erasures_waiting()}
    except Refused:
        return False


def _agrees(door: Keyworker, far: Scope) -> bool:
    """Whether a copy that somebody else asked for may be answered."""
    return door.refusal_to_answer(_handle(door, HandleKind.CHILD, far.value), ASKED_BY_ANOTHER) is None


def _may(door: Keyworker, route: str) -> bool:
    return _gives(lambda: door.may(route))


def _notes(door: Keyworker, far: Scope) -> bool:
    try:
        return far.value in {one.note_id for one in door.supervision_notes().notes}
    except Refused:
        return False


def _counts(door: Keyworker, _: Scope) -> bool:
    """Whether the count of t1's open children, which is two, is told."""
    try:
        rows = door.measure("open-children", Asked((MONTH_END,), ("district", "team")))
    except Refused:
        return False
    (row,) = (row for row in rows if row.group == {"district": "Fenland", "team": "Fen 1"})
    return not row.suppressed


def _reviews(door: Keyworker, far: Scope) -> bool:
    try:
        return far.value in {one.opening.child_id for one in door.emergencies()}
    except Refused:
        return False


ASKS: Mapping[Thing, Ask] = {
    Thing.CHILD: _child,
    Thing.CHILDREN: _children,
    Thing.NAMES: _names,
    Thing.NEEDS: lambda door, _: _gives(door.needs_me),
    Thing.DRAFTS: lambda door, _: _gives(door.drafts),
    Thing.FINDING: lambda door, _: _gives(lambda: door.find("madeup")),
    Thing.DUE: _due,
    Thing.CASE_SUPERVISION: _child,
    Thing.SUPERVISING: lambda door, far: door.refusal_to_supervise(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.WORKER: lambda door, far: _gives(lambda: door.worker(_handle(door, HandleKind.WORKER, HELD[far][0]), MOMENT)),
    Thing.PERSONAL_SUPERVISION: _notes,
    Thing.CHALLENGING_LOAD: lambda door, far: (
        door.refusal_to_challenge_load(_handle(door, HandleKind.WORKER, HELD[far][0])) is None
    ),
    Thing.ANSWERING_LOAD: lambda door, far: (
        door.refusal_to_answer_load(_handle(door, HandleKind.WORKER, HELD[far][0])) is None
    ),
    Thing.TEAM: lambda door, far: _gives(lambda: door.team(_handle(door, HandleKind.TEAM, HELD[far][1]), MOMENT)),
    Thing.SERVICE: lambda door, _: _gives(lambda: door.service(MOMENT)),
    Thing.MEASURES: _counts,
    Thing.SUPPRESSED: lambda door, _: _gives(lambda: door.areas(Moment(MONTH_END))),
    Thing.POSTS: lambda door, _: _gives(lambda: door.posts(MOMENT)),
    Thing.NEW_CHILDREN: lambda door, _: _gives(door.may_take_in),
    Thing.KEEPING_POSTS: lambda door, _: _gives(door.may_keep_posts),
    Thing.KEEPING_STAFF: lambda door, far: _records_staff(door, far, "start"),
    Thing.RECORDING_LEARNING: lambda door, far: _records_staff(door, far, "training need"),
    Thing.LEARNING: lambda door, far: far.value in _learners(door),
    Thing.VISITS: lambda door, far: door.refusal_to_visit(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.ALONE: lambda door, far: door.refusal_to_go_alone(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.ALLOCATION: lambda door, far: door.refusal_to_allocate(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.HANDOVERS: lambda door, far: _gives(lambda: door.worked_with(_handle(door, HandleKind.CHILD, far.value))),
    Thing.RESTRICTIONS: lambda door, far: door.refusal_to_restrict(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.EMERGENCIES: lambda door, _: _gives(door.emergency),
    Thing.REVIEWS: lambda door, far: _reviews(door, far),
    Thing.EXCEPTIONS: lambda door, far: door.refusal_to_agree(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.TIME_ASKED: lambda door, far: door.refusal_to_ask_time(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.ANSWERING_TIME: lambda door, far: (
        door.refusal_to_answer_time(_handle(door, HandleKind.CHILD, far.value)) is None
    ),
    Thing.DIRECT_WORK: lambda door, far: _attaches(door, far),
    Thing.OWN_WORDS: lambda door, far: _writes_words(door, far),
    Thing.PLAN_ACTIONS: lambda door, far: _plans(door, far),
    Thing.MEETINGS: lambda door, far: door.refusal_to_minute(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.CHALLENGE: lambda door, far: door.refusal_to_challenge(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.ACTIONS: lambda door, _: _gives(door.own_actions),
    **{Thing(one.thing): _records(one) for one in forms().values()},
    Thing.ERASING: lambda door, far: door.refusal_to_ask_erasure(_handle(door, HandleKind.CHILD, far.value)) is None,
    Thing.AGREEING_ERASURES: lambda door, far: _erases(door, far),
    Thing.LIMITS: lambda door, _: refusal_to_rebase(door.asker) is None,
    Thing.NOT_TO_BE_TOLD: lambda door, far: _marks(door, far),
    Thing.COPIES: lambda door, far: _copies(door, far),
    Thing.AGREEING_COPIES: lambda door, far: _agrees(door, far),
    Thing.LOADS: lambda door, _: _gives(door.loads) and _gives(lambda: door.meanings(MOMENT)),
    Thing.SET_ASIDE: lambda door, _: _may(door, "set aside"),
    Thing.QUALITY: lambda door, _: _gives(lambda: door.quality(MOMENT)),
    Thing.EXPORTS: lambda door, _: _gives(lambda: door.frames(MOMENT)),
    Thing.ACCESS_LOG: lambda door, _: _gives(lambda: door.access_log(LogSearch(TODAY, TODAY))),
    Thing.PUBLISHED: lambda door, _: _gives(lambda: door.figures("873")),
    Thing.RULEBOOK: lambda door, _: _gives(lambda: door.rules(MOMENT)),
    Thing.ROLES: lambda door, _: _gives(door.roles_held),
    Thing.WHO_MAY: lambda door, _: _may(door, "who may"),
}
"""How each thing that can be asked for is asked for."""


def test_every_thing_that_does_not_wait_is_asked_for_here() -> None:
    assert set(ASKS) == {row.thing for row in who_may().values() if not row.waits}


@pytest.fixture(scope="module")
def doors(record: Database) -> Iterator[Callable[[str], Keyworker]]:
    """The record as each role opens it, opened once a role."""
    with ExitStack() as opened:

        @cache
        def of(role: str) -> Keyworker:
            with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
                asker, _ = signed_in(connection, account(role), TODAY, purpose="test a cell", door=Door.PAGE)
                return asking(asker, connection, NOW, until=opened)

        yield of


@pytest.mark.parametrize("role", roles())
@pytest.mark.parametrize("thing", ASKS)
def test_a_cell_gives_as_far_as_it_says_and_no_further(
    doors: Callable[[str], Keyworker], thing: Thing, role: str
) -> None:
    cell = who_may()[thing].cell(role)
    given = {far: ASKS[thing](doors(role), far) for far in DISTANCES[who_may()[thing].about]}
    if who_may()[thing].about is Subject.NOBODY or cell.needs_reason:
        expected = dict.fromkeys(given, cell.scope is not Scope.NONE and not cell.needs_reason)
    else:
        expected = {far: cell.scope.takes_in(far) for far in given}
    assert given == expected, f"{role}, {thing}"
