"""Under which condition somebody writes a row of each table: what is theirs to write, in their own name."""

from __future__ import annotations

from keyworker.record import in_own_name
from keyworker.record.another_agency import (
    ENDED_ONLY,
    GIVEN_BEFORE,
    OF_ANOTHER_AGENCY,
    OWN_ACTION,
    OWN_CHALLENGE,
    OWN_CHALLENGE_WRITTEN,
)
from keyworker.record.by_thing import EXCEPTIONS, MEETINGS, PEOPLE, writes
from keyworker.record.entry import quoted
from keyworker.record.in_own_name import KEEPS, ME
from keyworker.record.in_sight import (
    BUILT,
    EMERGENCIES,
    KEEPING_POSTS,
    KEEPING_STAFF,
    OF_WORKER,
    POSTS,
    REVIEWS,
    WHOLE_TABLES,
    child,
    opens,
    seen,
)
from keyworker.record.keyed import keyed
from keyworker.record.signing import signed
from keyworker.vocabulary import Table
from keyworker.vocabulary.forms import things_by_table
from keyworker.vocabulary.staff_forms import staff_things_by_table

ENDED_BY_WORKER = (
    "ended_on is not null and access.repeats(to_jsonb(plan_action), access.said_before('plan_action', 'action_id',"
    " action_id), array['ended_on', 'done', 'outcome'])"
)
"""So does a worker of an action of their own."""
BEGUN = frozenset({"person", "involvements"})
"""What is written of a child whom nobody knew, by whoever takes the child in: within that act alone."""
WRITTEN_FOR = {
    "chart_rebase": ("a chart's limits",),
    **dict.fromkeys(("post", "vacancy_step", "post_change"), (KEEPING_POSTS,)),
    "professionals": (KEEPING_STAFF,),
    **staff_things_by_table(),
    "staff_change": (KEEPING_STAFF, "recording learning"),
}
"""What is written here of how the service is built, and the things of which one must be open to whoever writes it."""
CHANGED = "starts_with(person.child_id, 'kw-')"
"""Who a child is, is corrected by whoever writes of people of those who were written down here, and of nobody else."""
VISITS, SUPERVISING, RESTRICTIONS = "visits", "supervising a case", "restricted children"
WRITES = {
    "involvements": ("allocation", "handovers"),
    "handover": ("allocation", "handovers"),
    "cover_decision": ("allocation",),
    **dict.fromkeys(("cin_visits", "cp_visits", "cla_visits", "other_visit", "visit_note", "planned_visit"), (VISITS,)),
    "lone_visit": ("going alone",),
    **dict.fromkeys(("case_supervision", "case_supervision_note", "supervision_action"), (SUPERVISING,)),
    **dict.fromkeys(("restriction", "restriction_named"), (RESTRICTIONS,)),
    "not_to_be_told": ("what must not be told",),
    "copy_for_outside": ("copies for people outside", "agreeing a copy"),
    "told_to_agency": ("agreeing a copy",),
    "direct_work": ("direct work with a child", VISITS),
    "own_words": ("what children and parents say",),
    "plan_action": ("what a plan asks",),
    **dict.fromkeys(("meeting", "meeting_invitation"), (MEETINGS,)),
    **dict.fromkeys(("challenge", "challenge_stage"), ("challenge",)),
    "new_child": ("a new child",),
    "time_asked": ("asking for time", "answering who asks for time"),
    **things_by_table(),
    "erasure_asked": ("asking for an erasure", "agreeing to an erasure"),
    "step": (*things_by_table().get("step", ()), MEETINGS),
    "changed_why": tuple(dict.fromkeys(thing for things in things_by_table().values() for thing in things)),
    "load_challenge": ("challenging one's load", "answering about a load"),
    "timescale_exception": (EXCEPTIONS,),
}
"""What is written here about a child or a worker, and the things of which one must be open to whoever writes it of one
whom they see, as far as its cell reaches. What only files tell of a child is written by nobody under the application's
role."""
WRITTEN_BY_THING = tuple(dict.fromkeys((*(thing for things in WRITES.values() for thing in things), PEOPLE)))
"""The things of which it is laid down of whose children a session may write."""
WRITING = tuple(
    dict.fromkeys(
        (
            *WRITTEN_BY_THING,
            *(thing for things in WRITTEN_FOR.values() for thing in things),
            *(EMERGENCIES, REVIEWS, "personal supervision", "actions"),
        )
    )
)
"""Whoever may do none of these writes nothing of the record, and opens no act."""


def written(table: Table) -> str:
    """The condition under which somebody writes a row of a table: what they may, in their own name."""
    return " and ".join(one for one in (f"({_written(table)})", signed(table), keyed(table)) if one)


def _written(table: Table) -> str:
    name = table.name
    if name == "timescale_exception":
        return f"child_id is not null and {_written_of_child(name)}"
    if name == "broken_glass":
        return in_own_name.opening(opens(EMERGENCIES), f"({seen(table)}) and {opens(REVIEWS)}")
    if name == "plan_action":
        return _written_action(ENDED_ONLY, ENDED_BY_WORKER)
    if name in OF_ANOTHER_AGENCY:
        theirs = OWN_CHALLENGE_WRITTEN if name == "challenge" else "answered_on is null and answer is null"
        return f"{_written_of_child(name)} or ({OF_ANOTHER_AGENCY[name]}) and {theirs}"
    if name == "step":
        of_worker = _opens_here(WRITTEN_FOR[name])
        return f"child_id is not null and {_written_of_child(name)} or child_id is null and {of_worker}"
    if name in (BUILT | POSTS | {"absence", "role_holding"} | set(OF_WORKER)) - WRITES.keys():
        return _opens_here(WRITTEN_FOR.get(name, ()))
    if name == "personal_supervision":
        return KEEPS
    if name == "supervision_note":
        return in_own_name.note()
    if name == "supervision_opening":
        return in_own_name.notes_opened()
    if seen(table) == WHOLE_TABLES:
        return KEEPS
    if name == "load_challenge":
        challenging, answering = map(opens, WRITES[name])
        return f"({seen(table)}) and case when worker_id = {ME} then {challenging} else {answering} or {KEEPS} end"
    may = writes(name, WRITES[name]) if name in WRITES else KEEPS
    if name == "new_child":
        may = f"({KEEPS} or access.is_begun({quoted(name)}.child_id) and {opens(*WRITES[name])})"
    if name in BEGUN:
        may = f"({may} or access.is_begun({quoted(name)}.child_id))"
    if name == "person":
        may = f"({may} or {CHANGED} and {writes(name, (PEOPLE,))})"
    return f"({seen(table)}) and {may}"


def _written_of_child(name: str) -> str:
    return f"{child('record', name)} and {writes(name, WRITES[name])}"


def replaced(table: Table) -> str:
    """The condition under which somebody puts another row in a row's place; the other is written as `written` says."""
    if table.name == "challenge":
        return f"({OWN_CHALLENGE}) or {_written_of_child(table.name)}"
    if table.name in ("broken_glass", "supervision_note"):
        return seen(table)
    return _written_action(GIVEN_BEFORE) if table.name == "plan_action" else _written(table)


def _written_action(of_their_own: str, of_a_worker: str = "true") -> str:
    """Takes of_their_own, what is asked beside of an action that is another agency's, where its person writes;
    of_a_worker, of one that is the worker's own who writes, where they see the child and write of its plans no more."""
    name = "plan_action"
    mine = f"worker_id = {ME} and {opens('actions')} and {of_a_worker}"
    here = f"{child('record', name)} and ({writes(name, WRITES[name])} or {mine})"
    return f"({OWN_ACTION} and {of_their_own}) or {here}"


def _opens_here(things: tuple[str, ...]) -> str:
    """What is written here is by whoever a thing of it is open to; what only files tell by the machine's keeper alone:
    roles and settings too, which are loaded by a role of the database's own."""
    return f"({opens(*things)} or {KEEPS})" if things else KEEPS
