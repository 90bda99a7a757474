"""The text of a question is written once for each way of looking at the tables, and for no day and no child."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.facts.rows import _numbered
from keyworker.vocabulary.homes import AtHome

PLAIN = Lens(Moment(date(2026, 3, 1)))
OTHERS = {
    "moment": Lens(Moment(date(2026, 3, 1), datetime(2026, 3, 2, tzinfo=UTC))),
    "child_ids": PLAIN.of(["c1"]),
    "shared": replace(PLAIN, shared=frozenset({"family"})),
    "precedence": replace(PLAIN, precedence={"family": ("keyworker", "ssd")}),
    "homes": replace(PLAIN, homes={"family": (AtHome(date(2026, 1, 1), None),)}),
    "roots": replace(PLAIN, roots={"c2": "c1"}),
    "is_on_workers": PLAIN.on_workers,
    "is_each_told": PLAIN.on_each_told,
    "is_taken": PLAIN.taken,
}


def test_whatever_a_text_hangs_on_is_a_way_of_its_own() -> None:
    assert set(OTHERS) == {field.name for field in fields(Lens)}, "say of a new part whether a text hangs on it"
    assert len({PLAIN.way, *(one.way for one in OTHERS.values())}) == 1 + len(OTHERS)


def test_another_day_and_other_children_have_the_same_text_and_their_own_values() -> None:
    question = "select child_id from {family} f where family_id = %(family)s"
    first = render(question, PLAIN.of(["c1"]), parameters={"family": "f1"})
    again = render(question, Lens(Moment(date(2026, 4, 1))).of(["c2"]), parameters={"family": "f2"})
    assert again.sql == first.sql
    assert (first.parameters["child_ids"], again.parameters["child_ids"]) == (["c1"], ["c2"])
    assert (first.parameters["family"], again.parameters["family"]) == ("f1", "f2")
    assert "child_ids" not in render(question, PLAIN, parameters={"family": "f1"}).parameters


def test_a_parameter_named_twice_has_one_number_and_a_doubled_sign_is_one() -> None:
    sql, names = _numbered("select %(b)s, %(a)s, %(b)s where 'x' like 'x%%'")
    assert (sql, names) == (b"select $1, $2, $1 where 'x' like 'x%'", ("b", "a"))
