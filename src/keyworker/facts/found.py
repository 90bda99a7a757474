"""Children found by a name of theirs, by one that is near it or sounds like it, or by a number, among some children."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import psycopg

from keyworker.facts.ground import adopted
from keyworker.facts.lens import Lens
from keyworker.facts.name_words import MOST_WORDS, SAME, number_of, typed_numbers, typed_words
from keyworker.facts.names_kept import words_kept
from keyworker.facts.relations import render

MOST = 60
"""How many children of those that answer best are told apart further; beyond them more must be typed."""
_FORMER_COUNTS = 0.9
"""How much less a word of a former name answers than the same word of a name of now."""

_SEEN = """(%(theirs)s::text[] is null or k.child_id = any(%(theirs)s::text[]))
and k.child_id <> all(%(hidden)s::text[])"""
_BY_NUMBER = f"""select distinct k.child_id, {_SEEN} from kept.child_word k
where k.word = any(%(numbers)s::text[]) and k.what = 'number' order by k.child_id limit {MOST}"""
_SHARING = """select distinct k.child_id, o.child_id from kept.child_word k
join kept.child_word o on o.word = k.word and o.what = 'number' and o.child_id <> k.child_id
where k.child_id = any(%(children)s::text[]) and k.what = 'number'"""
_BY_WORDS = f"""select child_id, sum(best), bool_and(by_now), count(*) over ()
from (
    select k.child_id, s.place, max(s.score * case k.what when 'name' then 1 else {_FORMER_COUNTS} end) as best,
        bool_or(k.what = 'name') as by_now
    from unnest(%(words)s::text[], %(places)s::int[], %(scores)s::float8[]) s (word, place, score)
    join kept.child_word k on k.word = s.word and k.what <> 'number'
    where {_SEEN}
    group by k.child_id, s.place
) answered
group by child_id having count(*) = %(wanted)s
order by sum(best) desc, child_id limit {MOST}"""


class By(StrEnum):
    """By what a child was found."""

    NUMBER = "number"
    NAME = "name"
    FORMER = "former name"
    NEAR = "near name"


@dataclass(frozen=True)
class Among:
    """Among whom is looked. Takes theirs, some children, None for everybody; hidden, who is not there whatever else."""

    theirs: Collection[str] | None
    hidden: Collection[str]

    @property
    def parameters(self) -> dict[str, Any]:
        """What a query is bound to."""
        return {"theirs": None if self.theirs is None else list(self.theirs), "hidden": list(self.hidden)}


@dataclass(frozen=True)
class Match:
    """One child who answers. Takes score, how well: 1 where each word that was typed is one of the name."""

    child_id: str
    by: By
    score: float


def children_found(connection: psycopg.Connection, lens: Lens, typed: str, among: Among) -> tuple[list[Match], bool]:
    """The children who answer what was typed, those who answer best first, and whether there are more than were told.

    A number must be the same; a name may be near. Nothing leads from one record of an adopted child to the other: no
    former name of either answers, and a number that both have answers for the one alone whose own it is here.
    Takes   connection in the service's role; what is kept must be kept up; lens, on everybody today.
    """
    found = _by_number(connection, lens, typed, among)
    if found:
        return found, False
    return _by_words(connection, lens, typed, among)


def _by_number(connection: psycopg.Connection, lens: Lens, typed: str, among: Among) -> list[Match]:
    numbers = typed_numbers(typed)
    rows = connection.execute(_BY_NUMBER, {"numbers": numbers, **among.parameters}).fetchall() if numbers else []
    # Whoever else has the number counts, seen or not: what one of two records tells must not hang on who asks.
    everybody = [child_id for child_id, _ in rows]
    if len(everybody) > 1 and _adopted(connection, lens, everybody):
        rows = [row for row in rows if number_of(row[0]) in numbers]
    roots = dict.fromkeys(lens.root(child_id) for child_id, is_seen in rows if is_seen)
    return [Match(root, By.NUMBER, SAME) for root in roots]


def _by_words(connection: psycopg.Connection, lens: Lens, typed: str, among: Among) -> tuple[list[Match], bool]:
    wanted = typed_words(typed)
    answers = _answers(connection, wanted)
    if not wanted or not all(answers.values()):
        return [], False
    listed = [(word, place, score) for place, of in enumerate(answers.values()) for word, score in of.items()]
    words, places, scores = (list(column) for column in zip(*listed, strict=True))
    asked = {"words": words, "places": places, "scores": scores, "wanted": len(wanted), **among.parameters}
    rows = connection.execute(_BY_WORDS, asked).fetchall()
    best: dict[str, Match] = {}
    for child_id, score, by_now, _ in rows:
        root, share = lens.root(child_id), score / len(wanted)
        by = By.FORMER if not by_now else By.NAME if share >= SAME else By.NEAR
        if root not in best:
            best[root] = Match(root, by, share)
    former = [one.child_id for one in best.values() if one.by is By.FORMER]
    gone = near_adoption(connection, lens, former) if former else frozenset()
    matches = [one for one in best.values() if one.by is not By.FORMER or one.child_id not in gone]
    return matches, bool(rows) and rows[0][3] > MOST


def _answers(connection: psycopg.Connection, wanted: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    if not wanted or len(wanted) > MOST_WORDS:
        return {}
    words = words_kept(connection)
    return {one: words.answering(one) for one in wanted}


def near_adoption(connection: psycopg.Connection, lens: Lens, child_ids: Sequence[str]) -> frozenset[str]:
    """Of some children those who were adopted, and those who share a number with somebody who was."""
    sharing = connection.execute(_SHARING, {"children": list(child_ids)}).fetchall()
    gone = _adopted(connection, lens, {*child_ids, *(other for _, other in sharing)})
    return gone | {child_id for child_id, other in sharing if other in gone}


def _adopted(connection: psycopg.Connection, lens: Lens, child_ids: Iterable[str]) -> frozenset[str]:
    def ask(query: str, of: Lens) -> Sequence[tuple[Any, ...]]:
        asked = render(query, of)
        return connection.execute(asked.sql.encode(), asked.parameters).fetchall()

    return adopted(ask, replace(lens, child_ids=tuple(child_ids)))
