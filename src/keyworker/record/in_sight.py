"""Under which condition somebody sees a row of each table: by the part of what is laid down that opens it.

A table of which nothing is said here is closed, but to whoever may take whole tables away.
"""

from __future__ import annotations

from keyworker.record.another_agency import OF_ANOTHER_AGENCY, OWN_ACTION
from keyworker.record.entry import quoted, target
from keyworker.record.in_own_name import MINE
from keyworker.record.parents import parent
from keyworker.vocabulary import Column, Table

WHOLE_TABLES = "(select access.opens(array['exports']))"
"""What is about nobody in particular, or private to workers, is seen by whoever may take whole tables away."""
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
KEEPING_POSTS, KEEPING_STAFF = "keeping posts", "keeping staff"


def seen(table: Table) -> str:
    """The condition under which somebody sees a row of a table."""
    name = table.name
    if name == "broken_glass":
        reviewed = f"child_id is not null and {child('record', name)} or child_id is null and {opens(REVIEWS)}"
        return f"{MINE} or {reviewed}"
    if name == "timescale_exception":
        return f"child_id is not null and {child('record', name)} or child_id is null and {_worker('figures', name)}"
    if name == "plan_action":
        return f"({OWN_ACTION}) or {child('record', name)}"
    if name in OF_ANOTHER_AGENCY:
        return f"{child('record', name)} or ({OF_ANOTHER_AGENCY[name]})"
    if name == "step":
        of_worker = f"{_worker('figures', name)} or {opens(*ALSO_SEEN[name])}"
        return f"child_id is not null and {child('record', name)} or child_id is null and ({of_worker})"
    if name in ALLOCATED:
        return f"({child('record', name)} or {opens('allocation')} and {child('listed', name)})"
    if name == "new_child":
        return f"({child('record', name)} or access.is_begun({name}.child_id))"
    if table.about == "child_id":
        return child(OF_CHILD.get(name, "record"), name)
    if table.has("child_id"):
        return _some_child(name)
    if name in BUILT:
        return opens(*PLACES)
    if name in POSTS:
        return opens("posts and workforce", KEEPING_POSTS)
    if name in NOTES:
        return f"{_worker('noted', name)} or {_worker('personal', name, 'supervisor_id')}"
    if name == "absence":
        return opens(KEEPING_STAFF)
    if name == "staff_change":
        others = f"{_worker(OF_WORKER[name], name)} or {opens('recording learning')}"
        return f"{opens(KEEPING_STAFF)} or in_table <> 'absence' and ({others})"
    if name in OF_WORKER:
        also = f" or {opens(*ALSO_SEEN[name])}" if name in ALSO_SEEN else ""
        return f"{_worker(OF_WORKER[name], name)}{also}"
    if name == "role_holding":
        return f"{MINE} or {opens('roles')}"
    above = parent(table)
    return _through(table, *above) if above else WHOLE_TABLES


def opens(*things: str) -> str:
    listed = ", ".join("'" + thing.replace("'", "''") + "'" for thing in things)
    return f"(select access.opens(array[{listed}]))"


def child(what: str, table: str, column: str = "child_id") -> str:
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
    return f"(child_id is not null and {child('record', table)} or child_id is null and {WHOLE_TABLES})"


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
