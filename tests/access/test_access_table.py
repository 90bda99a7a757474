"""The table of who may see what, as it is written: what the issue asks of it, and what its reader refuses."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

import keyworker.actions.questions as questions
import keyworker.web.views as views
from keyworker.access import Scope, Thing, thing_of, who_may
from keyworker.access.table import BEFORE_LOADING, read, roles
from keyworker.vocabulary.forms import forms
from keyworker.vocabulary.staff_forms import staff_forms

OF_CHILDREN = {row.thing for row in who_may().values() if row.about == "child"}
ASKING = {"_read", "_require_places", "_require_whole", "may"}
"""The methods whose first argument is a route."""


@pytest.mark.parametrize("role", ["workforce", "learning", "councillor", "partner", "administrator"])
def test_some_roles_see_nothing_of_any_child(role: str) -> None:
    assert {thing for thing in OF_CHILDREN if who_may()[thing].cell(role).scope is not Scope.NONE} == set()


def test_an_analyst_sees_names_only_for_a_reason_and_no_childs_record() -> None:
    assert who_may()[Thing.NAMES].cell("performance analyst").needs_reason
    assert who_may()[Thing.CHILD].cell("performance analyst").scope is Scope.NONE


def test_a_councillor_sees_measures_only_with_small_numbers_left_out() -> None:
    assert who_may()[Thing.SUPPRESSED].cell("councillor").scope is Scope.ALL
    assert who_may()[Thing.MEASURES].cell("councillor").scope is Scope.NONE
    assert who_may()[Thing.SERVICE].cell("councillor").scope is Scope.NONE


def test_a_partner_sees_their_own_actions_and_otherwise_what_everybody_sees() -> None:
    seen = {row.thing for row in who_may().values() if row.cell("partner").scope is not Scope.NONE}
    assert seen == {Thing.ACTIONS, Thing.PUBLISHED, Thing.RULEBOOK, Thing.WHO_MAY}
    assert who_may()[Thing.ACTIONS].cell("partner").scope is Scope.OWN_ACTIONS


def test_a_workers_figures_go_to_the_worker_and_the_line_of_responsibility_only() -> None:
    beyond_own = {role for role in roles() if who_may()[Thing.WORKER].cell(role).scope.takes_in(Scope.SUPERVISED)}
    line = {"senior practitioner", "consultant social worker", "team manager", "head of service", "director"}
    assert beyond_own == line


def test_nobody_but_the_pair_and_the_line_sees_notes_of_personal_supervision() -> None:
    cells = who_may()[Thing.PERSONAL_SUPERVISION].cells.values()
    assert {cell.scope for cell in cells} == {Scope.OWN, Scope.SUPERVISED}


def test_before_anything_is_loaded_only_what_is_published_is_open() -> None:
    assert {row.thing for row in who_may().values() if BEFORE_LOADING in row.cells} == {Thing.PUBLISHED}


def test_whoever_sees_names_sees_children_no_less_far() -> None:
    for role in roles():
        named = who_may()[Thing.NAMES].cell(role).scope
        widest = max((who_may()[one].cell(role).scope for one in (Thing.CHILD, Thing.CHILDREN)), key=lambda s: s.width)
        assert widest.takes_in(named), role


def test_a_route_that_no_thing_has_is_of_no_thing() -> None:
    assert thing_of("something new") is None
    assert thing_of("return cin-census") is Thing.EXPORTS


def test_every_route_that_is_asked_for_is_in_the_table_and_every_route_of_the_table_is_asked_for() -> None:
    asked = set(_asked(ASKING)) | {
        who_may()[Thing(one.thing)].routes[0] for one in (*forms().values(), *staff_forms().values())
    }
    assert len(asked) > 15, "the search for routes finds too few: it is broken"
    known = {route for row in who_may().values() for route in row.routes}
    assert {route for route in asked if thing_of(route) is None} == set()
    # A sign-in's own page of work is read as any worker's; its route only leads there.
    tried = asked | set(_asked({"_attempt"}))
    assert known - {route.split(" ")[0] if route.startswith("return ") else route for route in tried} == {"my work"}


def _asked(by: Collection[str]) -> Iterator[str]:
    """Every route that a question or a page names in its own text, where it calls one of some names."""
    for room in (questions, views):
        for path in Path(room.__path__[0]).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in by and node.args:
                    yield from _words(node.args[0])


def _words(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (word for branch in (node.body, node.orelse) for word in _words(branch))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _whole(**changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    said: dict[str, dict[str, Any]] = {
        thing.value: {"says": "x", "about": "child", "routes": [thing.value], "may": []} for thing in Thing
    }
    return {name: {**row, **changed.get(name, {})} for name, row in said.items()}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"may": [{"roles": ["astrologer"], "far": "all", "for": "review"}]}, "no role 'astrologer'"),
        ({"may": [{"roles": ["director"], "far": "the moon", "for": "review"}]}, "the moon"),
        ({"may": [{"roles": ["director"], "far": "all", "for": "fun"}]}, "fun"),
        ({"may": [{"roles": ["director", "director"], "far": "all", "for": "review"}]}, "twice"),
        ({"routes": [], "within": ""}, "needs one of"),
        ({"waits": "for nothing"}, "needs one of"),
        ({"routes": ["names"]}, "share a route"),
        (
            {"about": "nobody", "may": [{"roles": ["director"], "far": "own", "for": "review", "widened": True}]},
            "nobody",
        ),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_table_that_says_what_no_vocabulary_holds_is_not_read(row: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(_whole(**{"a team": row}))


def test_a_table_that_leaves_a_thing_out_is_not_read() -> None:
    with pytest.raises(ValueError, match="no row for: a team"):
        read({name: row for name, row in _whole().items() if name != "a team"})
