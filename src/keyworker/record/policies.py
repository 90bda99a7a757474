"""Which rows of the record each database role sees: a policy for every table, made from the vocabulary.

Whoever reads under the application's role shows a session's secret, and sees the rows about whom was laid down for
that session (`record.sessions`). A table of which nothing is said here is closed to that role.
"""

from __future__ import annotations

from collections.abc import Iterator

from keyworker.record import in_own_name
from keyworker.record.by_thing import EXCEPTIONS, MEETINGS, PEOPLE, writes
from keyworker.record.entry import quoted, target
from keyworker.record.in_own_name import KEEPS, ME, MINE
from keyworker.record.keyed import keyed
from keyworker.record.parents import parent
from keyworker.record.signing import signed
from keyworker.vocabulary import TABLES, Column, Table
from keyworker.vocabulary.forms import number_of, things_by_table
from keyworker.vocabulary.homes import HERE
from keyworker.vocabulary.staff_forms import staff_things_by_table

NOBODY = "false"
WHOLE_TABLES = "(select access.opens(array['exports']))"
"""What is about nobody in particular, or private to workers, is seen by whoever may take whole tables away."""
OWN_ACTION = (
    "account = (select access.account()) and (select access.opens(array['actions']))"
    " and access.is_given_openly(child_id) and access.is_told(child_id, action_id)"
)
"""An action of a plan that is another agency's is seen by whoever signs in for it, unless the child is restricted, or
something is marked of the family and nobody agreed yet that its words are told."""
GIVEN_BEFORE = "access.was_given(plan_action.action_id, plan_action.child_id)"
"""Another agency puts an end to an action that it was given; it gives itself none."""
ENDED_ONLY = "access.only_ends(to_jsonb(plan_action))"
"""It writes what came of the action, once: neither what was to be done, nor by when, nor of whom."""
ENDED_BY_WORKER = (
    "ended_on is not null and access.repeats(to_jsonb(plan_action), access.said_before('plan_action', 'action_id',"
    " action_id), array['ended_on', 'done', 'outcome'])"
)
"""So does a worker of an action of their own."""
BEGUN = frozenset({"person", "involvements"})
"""What is written of a child whom nobody knew, by whoever takes the child in: within that act alone."""
OWN_CHALLENGE = (
    "account = (select access.account()) and (select access.opens(array['actions'])) and raised_by = 'agency'"
    " and access.was_given_any(child_id)"
)
"""A challenge of another agency is seen by whoever raised it, while an action for that child was given to them."""
OWN_CHALLENGE_WRITTEN = "access.says_own_challenge(to_jsonb(challenge))"
"""They raise it open and say once how it ended, and change nothing else of it."""
OWN_STAGE = (
    "(select access.opens(array['actions'])) and exists (select 1 from record.challenge c"
    " where c.challenge_id = challenge_stage.challenge_id and c.account = (select access.account())"
    " and c.child_id = challenge_stage.child_id and c.raised_by = 'agency')"
)
"""Its stages are seen with it. Whoever raised it takes it to one, and answers none."""
OF_ANOTHER_AGENCY = {"challenge": OWN_CHALLENGE, "challenge_stage": OWN_STAGE}
"""What another agency sees of a child beside its own actions: what it raised itself. It is asked last, of each row that
whoever reads does not see already, for it looks a row up."""
SIGNED_IN = "(select access.session()) is not null"
OF_NO_EXTRACT = (
    f"(kind <> 'entry' or source = '{HERE}') and tables <> '{{}}'"
    " and cut_at is null and known_after is null and known_by is null"
)
"""An act of a person tells of no extract: what they write is Keyworker's own, or mends what an extract told."""
PLACES = (
    "a child's record",
    "a list of children",
    "what is due",
    "a worker's figures",
    "a team",
    "posts and workforce",
    "the service's figures",
    "loads and mappings",
)
"""Whoever may see any of these things sees how the service is built: its teams, posts, settings and who works where."""
BUILT = frozenset(
    {
        "professionals",
        "department",
        "protection_team_member",
        "team",
        "team_succession",
        "practice_model",
        "meaning",
        "setting",
        "chart_rebase",
        "post",
        "appointment",
        "supervision_line",
        "supervision_deputy",
    }
)
POSTS = frozenset({"vacancy_step", "post_change"})
"""How a post is filled and what changed in it."""
OF_WORKER = {
    "training_need": "learning",
    "training_session": "learning",
    "practice_observation": "learning",
    "load_challenge": "figures",
    "registration": "figures",
    "disclosure_check": "figures",
    "staff_change": "figures",
}
"""What is private to a worker, and the part of what is laid down that opens it."""
ALSO_SEEN = dict.fromkeys(("registration", "disclosure_check", "step"), ("keeping staff",))
"""What is private to a worker, and the things of which one opens it beside that: of whoever it is about."""
NOTES = frozenset({"personal_supervision", "supervision_note", "supervision_opening"})
"""What is between a worker and whoever supervises them."""
OF_CHILD = {
    "person": "names",
    **dict.fromkeys(("case_supervision", "case_supervision_note", "supervision_action"), "supervision"),
    "not_to_be_told": "markers",
    "direct_work": "direct work",
    "copy_for_outside": "copies",
    "erasure_asked": "erasures",
    **dict.fromkeys(("restriction", "restriction_named"), "restrictions"),
    **dict.fromkeys(
        (
            *("early_help_episodes", "cin_episodes", "cin_assessments", "cin_plans", "cp_plans", "cla_episodes"),
            *("s47_enquiry", "initial_cp_conference", "cp_reviews", "care_leavers", "family_help_plan", "contacts"),
            *("cin_visits", "cp_visits", "cla_visits", "other_visit", "involvements", "identity_link"),
        ),
        "listed",
    ),
}
"""The tables about a child that need something else than the child's record: more, or less, as what lists are counted
from. Words, addresses and all that is not named here go by the record."""
ALLOCATED = frozenset({"handover", "cover_decision"})
"""What goes by the record, and to whoever allocates also as far as their lists go."""
WITH_THE_RECORD = frozenset(
    {
        "broken_glass",
        "case_note",
        "chairing",
        "changed_why",
        "consultation",
        "cover_decision",
        "lone_visit",
        "new_child",
        "own_words",
        "relationship",
        "time_asked",
        "told_to_agency",
        "warning_review",
    }
)
"""What is written here alone about a child and read by whoever sees the child's record."""
EMERGENCIES, REVIEWS = "opening a record in an emergency", "reviews of emergencies"
THINGS = {
    "record": "a child's record",
    "listed": "a list of children",
    "names": "names",
    "supervision": "case supervision",
    "exceptions": "exceptions",
    "markers": "what must not be told",
    "direct work": "direct work with a child",
    "copies": "copies for people outside",
    "erasures": "asking for an erasure",
    "restrictions": "restricted children",
    "figures": "a worker's figures",
    "learning": "learning",
    "personal": "personal supervision",
    "noted": "personal supervision",
}
"""What is laid down of a child or a worker, and the thing of the table of who may see what that opens it to all."""
IN_EMERGENCY = frozenset({"record", "listed", "names", "supervision"})
"""What a record that was opened in an emergency shows of a child."""
ATTACHED = "exists (select 1 from record.direct_work d where d.work_id = attached.work_id)"
"""Whoever sees direct work sees what is attached to it, sealed as it is; whoever writes it attaches it."""
AGREEING = "agreeing to an erasure"
LOADS, KEEPING_POSTS, KEEPING_STAFF = "loads and mappings", "keeping posts", "keeping staff"
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
WHOLE = "keyworker_owner, keyworker_loader, keyworker_snapshot, keyworker_service"
"""The roles that see every row: none of them reads for a person."""


def statements(table: Table) -> Iterator[str]:
    """The policies of one described table. Safe to repeat."""
    yield from _policies(target(table), seen(table), written(table), replaced(table))


def numbers() -> str:
    """The function that gives the column that names a row of a table that takes forms about children."""
    named = " ".join(f"when '{name}' then '{number_of(TABLES[name])}'" for name in things_by_table())
    return (
        "create or replace function record.number_of(in_table text) returns text language sql immutable parallel safe"
        f" as $body$ select case in_table {named} end $body$"
    )


def beside() -> Iterator[str]:
    """The policies of what stands beside the described tables. Safe to repeat."""
    yield numbers()
    yield "revoke all on function record.number_of(text) from public"
    by_hand = "kind in ('entry', 'correction', 'ending')"
    of_some = f"({by_hand} or kind = 'erasure' and {_opens(AGREEING)} or {KEEPS})"
    as_it_may = f"({KEEPS} or access.is_timely(recorded_at) and {OF_NO_EXTRACT} and {_opens(*WRITING)})"
    handles = f"kind <> 'child' and {_opens(*PLACES)} or kind = 'child' and {_child('listed', 'handle', 'id')}"
    for name, seen_by, written_by in (
        ("record.act", SIGNED_IN, f"{SIGNED_IN} and {in_own_name.AUTHOR} and {of_some} and {as_it_may}"),
        ("record.schema_step", SIGNED_IN, NOBODY),
        ("record.handle_column", SIGNED_IN, NOBODY),
        ("record.erasure", _opens(LOADS), NOBODY),
        ("record.refused_load", _opens(LOADS), NOBODY),
        ("record.set_aside", _opens("rows set aside"), NOBODY),
        ("record.handle", handles, NOBODY),
        ("record.attached", ATTACHED, f"{ATTACHED[:-1]} and {writes('d', WRITES['direct_work'])})"),
        ("record.access_log", f"{MINE} or {_opens('the access log')}", MINE),
    ):
        yield from _policies(name, seen_by, written_by)


def seen(table: Table) -> str:
    """The condition under which somebody sees a row of a table."""
    name = table.name
    if name == "broken_glass":
        reviewed = f"child_id is not null and {_child('record', name)} or child_id is null and {_opens(REVIEWS)}"
        return f"{MINE} or {reviewed}"
    if name == "timescale_exception":
        return f"child_id is not null and {_child('record', name)} or child_id is null and {_worker('figures', name)}"
    if name == "plan_action":
        return f"({OWN_ACTION}) or {_child('record', name)}"
    if name in OF_ANOTHER_AGENCY:
        return f"{_child('record', name)} or ({OF_ANOTHER_AGENCY[name]})"
    if name == "step":
        of_worker = f"{_worker('figures', name)} or {_opens(*ALSO_SEEN[name])}"
        return f"child_id is not null and {_child('record', name)} or child_id is null and ({of_worker})"
    if name in ALLOCATED:
        return f"({_child('record', name)} or {_opens('allocation')} and {_child('listed', name)})"
    if name == "new_child":
        return f"({_child('record', name)} or access.is_begun({name}.child_id))"
    if table.about == "child_id":
        return _child(OF_CHILD.get(name, "record"), name)
    if table.has("child_id"):
        return _some_child(name)
    if name in BUILT:
        return _opens(*PLACES)
    if name in POSTS:
        return _opens("posts and workforce", KEEPING_POSTS)
    if name in NOTES:
        return f"{_worker('noted', name)} or {_worker('personal', name, 'supervisor_id')}"
    if name == "absence":
        return _opens(KEEPING_STAFF)
    if name == "staff_change":
        others = f"{_worker(OF_WORKER[name], name)} or {_opens('recording learning')}"
        return f"{_opens(KEEPING_STAFF)} or in_table <> 'absence' and ({others})"
    if name in OF_WORKER:
        also = f" or {_opens(*ALSO_SEEN[name])}" if name in ALSO_SEEN else ""
        return f"{_worker(OF_WORKER[name], name)}{also}"
    if name == "role_holding":
        return f"{MINE} or {_opens('roles')}"
    above = parent(table)
    return _through(table, *above) if above else WHOLE_TABLES


def written(table: Table) -> str:
    """The condition under which somebody writes a row of a table: what they may, in their own name."""
    return " and ".join(one for one in (f"({_written(table)})", signed(table), keyed(table)) if one)


def _written(table: Table) -> str:
    name = table.name
    if name == "timescale_exception":
        return f"child_id is not null and {_written_of_child(name)}"
    if name == "broken_glass":
        return in_own_name.opening(_opens(EMERGENCIES), f"({seen(table)}) and {_opens(REVIEWS)}")
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
        challenging, answering = map(_opens, WRITES[name])
        return f"({seen(table)}) and case when worker_id = {ME} then {challenging} else {answering} or {KEEPS} end"
    may = writes(name, WRITES[name]) if name in WRITES else KEEPS
    if name == "new_child":
        may = f"({KEEPS} or access.is_begun({quoted(name)}.child_id) and {_opens(*WRITES[name])})"
    if name in BEGUN:
        may = f"({may} or access.is_begun({quoted(name)}.child_id))"
    if name == "person":
        may = f"({may} or {CHANGED} and {writes(name, (PEOPLE,))})"
    return f"({seen(table)}) and {may}"


def _written_of_child(name: str) -> str:
    return f"{_child('record', name)} and {writes(name, WRITES[name])}"


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
    mine = f"worker_id = {ME} and {_opens('actions')} and {of_a_worker}"
    here = f"{_child('record', name)} and ({writes(name, WRITES[name])} or {mine})"
    return f"({OWN_ACTION} and {of_their_own}) or {here}"


def _policies(on: str, seen_by: str, written_by: str, replaced_by: str = "") -> Iterator[str]:
    yield f"alter table {on} enable row level security"
    yield f"drop policy if exists whole on {on}"
    yield f"create policy whole on {on} to {WHOLE} using (true) with check (true)"
    yield f"drop policy if exists in_sight on {on}"
    yield f"create policy in_sight on {on} for select to keyworker_application using ({seen_by})"
    yield f"drop policy if exists writing on {on}"
    yield f"create policy writing on {on} for insert to keyworker_application with check ({written_by})"
    yield f"drop policy if exists changing on {on}"
    yield (
        f"create policy changing on {on} for update to keyworker_application using ({seen_by})"
        f" with check ({replaced_by or written_by})"
    )
    yield f"drop policy if exists clearing on {on}"
    yield f"create policy clearing on {on} for delete to keyworker_application using ({seen_by})"


def _opens_here(things: tuple[str, ...]) -> str:
    """What is written here is by whoever a thing of it is open to; what only files tell by the machine's keeper alone:
    roles and settings too, which are loaded by a role of the database's own."""
    return f"({_opens(*things)} or {KEEPS})" if things else KEEPS


def _opens(*things: str) -> str:
    listed = ", ".join("'" + thing.replace("'", "''") + "'" for thing in things)
    return f"(select access.opens(array[{listed}]))"


def _child(what: str, table: str, column: str = "child_id") -> str:
    """Who sees everybody is asked once. Of others a child is looked up among those who are not kept from whoever asks,
    with where they stand: nothing ever says who is.

    It is kept short: each question in it is made ready anew for each of some forty tables when one child is read.
    """
    thing = THINGS[what].replace("'", "''")
    this = f"{quoted(table)}.{quoted(column)}"
    in_emergency = f" or (select access.in_emergency()) ? {this}" if what in IN_EMERGENCY else ""
    return (
        f"((select access.sees_everybody('{thing}'))"
        f" or (select coalesce(w.stands && (select access.in_reach('{thing}')), true)"
        f" from access.whereabouts w where w.child_id = {this}){in_emergency})"
    )


def _some_child(table: str) -> str:
    """A row that may be about a child. One about nobody is seen only by whoever may take whole tables away."""
    return f"(child_id is not null and {_child('record', table)} or child_id is null and {WHOLE_TABLES})"


def _worker(what: str, table: str, column: str = "worker_id") -> str:
    thing = THINGS[what].replace("'", "''")
    return (
        f"((select access.sees_everybody('{thing}') or access.sees_all_but('{thing}'))"
        " or exists (select 1 from access.worker_in_sight s where s.session_id = (select access.session())"
        f" and s.worker_id = {quoted(table)}.{quoted(column)} and s.{what}))"
    )


def _through(table: Table, column: Column, above: Table, key: str) -> str:
    everybody = THINGS[OF_CHILD.get(_root(above).name, "record")].replace("'", "''")
    return (
        f"((select access.sees_everybody('{everybody}')) or exists (select 1 from {target(above)} above"
        f" where above.{quoted(key)} = {quoted(table.name)}.{quoted(column.name)}))"
    )


def _root(table: Table) -> Table:
    """The table that tells of whom a row is, at the end of the rows to which it belongs."""
    above = None if table.about == "child_id" else parent(table)
    return _root(above[1]) if above else table
