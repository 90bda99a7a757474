"""Read every definition, group, link and relation from its file, and check that each says all that it must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from keyworker.access.owed import WHY_AWAY, is_by_worker, refusal_by_worker
from keyworker.facts.relations import DERIVED, derived_sql
from keyworker.facts.shapes import shaped
from keyworker.measures.passes.bands import is_bands
from keyworker.measures.passes.readings import rules_named
from keyworker.measures.passes.told import is_told, tables_behind
from keyworker.measures.passes.windows import is_window
from keyworker.measures.registry.definition import Belongs, Counts, Definition, Group, Grouped, Link, LooksBack
from keyworker.measures.registry.header import Headed, headed
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError

_NEEDED = frozenset(
    {
        *("measure", "title", "says", "numerator", "denominator", "exclusions", "period", "looks_back", "unit"),
        *("counts", "belongs_to", "better", "source", "edition", "catalogue", "needs", "small_numbers", "unconfirmed"),
    }
)
_MAY = frozenset({"grouped", "one_per", "within", "weighs", "bands", "per", "interval", "settings"})
_GROUP = frozenset({"group", "title", "says", "of"})
_GROUP_MAY = frozenset({"claims", "otherwise", "sensitive"})
_LINK = frozenset({"of", "to", "says", "claims"})
_ODD = re.compile(r"[^a-z ]")
_NAMED = re.compile(r"\{([^{}]+)\}")
BETTER = ("lower", "higher", "neither")
BUILT_IN = frozenset({"published_role"})

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Registry:
    """Every definition, group, link and relation, by name.

    Takes   links, by the two kinds that they join; relations, SQL that definitions share, by name.
    """

    definitions: dict[str, Definition]
    groups: dict[str, Group]
    links: dict[tuple[Belongs, Belongs], Link]
    relations: dict[str, str]

    def definition(self, name: str) -> Definition:
        """A definition by its name. Raises KeyworkerError for a name that none has."""
        if name not in self.definitions:
            raise KeyworkerError(
                "No measure has this name.", where=name, remedy="See `keyworker measures` for the names of all."
            )
        return self.definitions[name]

    def group(self, name: str) -> Group:
        """A group by its name. Raises KeyworkerError for a name that none has; Refused for one by named worker."""
        if is_by_worker(name):
            raise refusal_by_worker(name)
        if name not in self.groups:
            raise KeyworkerError(
                "No group has this name.", where=f"--by {name}", remedy=f"Groups are {', '.join(sorted(self.groups))}."
            )
        return self.groups[name]

    def tables_for(self, name: str, by: Sequence[str]) -> frozenset[str]:
        """The described tables that a measure reads when it is parted by some groups."""
        return frozenset().union(*map(self.tables_of, self._queries(name, by)))

    def queries_for(self, name: str, by: Sequence[str]) -> frozenset[str]:
        """All the SQL that a measure reads when it is parted by some groups: its own and that of every relation."""
        found: set[str] = set()
        left = self._queries(name, by)
        while left:
            found.add(sql := left.pop())
            named = (self.relations[one] for one in _NAMED.findall(sql) if one in self.relations)
            left += [one for one in named if one not in found]
        return frozenset(found)

    def _queries(self, name: str, by: Sequence[str]) -> list[str]:
        queries = [self.definition(name).sql]
        for group in map(self.group, by):
            queries.append(group.sql)
            queries += [link.sql for link in self.links.values() if link.to is group.of]
        return queries

    def tables_of(self, sql: str) -> frozenset[str]:
        """The described tables that a query reads, through whatever relations. Raises KeyError for an unknown name."""
        found: set[str] = set()
        for said in _NAMED.findall(sql):
            name = said.removesuffix(":in_force")
            if name in TABLES:
                found.add(name)
            elif name in self.relations:
                found |= self.tables_of(self.relations[name])
            elif name in DERIVED:
                found |= self.tables_of(derived_sql(name))
            elif is_told(name):
                found |= tables_behind(name)
            elif not (is_window(name) or is_bands(name) or name in BUILT_IN or name.startswith("key_of ")):
                raise KeyError(name)
        return frozenset(found)

    def reads_why_away(self, sql: str) -> bool:
        """Whether a query reads why somebody was away, through whatever relations: its rows would tell it of them."""
        below = (self.relations[name] for name in _NAMED.findall(sql) if name in self.relations)
        return WHY_AWAY.search(sql) is not None or any(map(self.reads_why_away, below))

    def rules_of(self, sql: str) -> frozenset[str]:
        """The time limits whose readings a query counts, through whatever relations."""
        found: set[str] = set()
        for name in _NAMED.findall(sql):
            found.update(self.rules_of(self.relations[name]) if name in self.relations else rules_named(name))
        return frozenset(found)


@cache
def shipped() -> Registry:
    """The registry of all that the product ships with."""
    return registry(files("keyworker.measures"))


def registry(place: Traversable | Path) -> Registry:
    """Read a folder that has `definitions`, `groups`, `links` and `relations`.

    Raises  KeyworkerError that names the file and what is wrong with it.
    """
    relations = {name: shaped(text) for name, text in _texts(place.joinpath("relations"))}
    groups = [_group(text, where) for where, text in _texts(place.joinpath("groups"))]
    links = [_link(text, where) for where, text in _texts(place.joinpath("links"))]
    definitions: dict[str, Definition] = {}
    for domain in sorted(place.joinpath("definitions").iterdir(), key=lambda one: one.name):
        if domain.is_dir() and not domain.name.startswith("_"):
            for where, text in _texts(domain):
                definitions[where] = _definition(text, where, domain.name)
    found = Registry(
        dict(sorted(definitions.items())),
        {one.name: one for one in groups},
        {(one.of, one.to): one for one in links},
        relations,
    )
    _check(found)
    return found


def _texts(folder: Traversable) -> list[tuple[str, str]]:
    sql = [one for one in folder.iterdir() if one.name.endswith(".sql")]
    return [(one.name.removesuffix(".sql"), one.read_text(encoding="utf-8")) for one in sorted(sql, key=_name)]


def _name(one: Traversable) -> str:
    return one.name


def _definition(text: str, name: str, domain: str) -> Definition:
    file = headed(text, f"definitions/{domain}/{name}.sql", needed=_NEEDED, allowed=_MAY)
    if file.said["measure"] != name:
        raise _wrong(file, f"is named {name} and its header says measure: {file.said['measure']}")
    if file.said["better"] not in BETTER:
        raise _wrong(file, f"says better: {file.said['better']}, which is none of {', '.join(BETTER)}")
    counts = _word(file, "counts", Counts)
    if file.said.get("weighs", "one") != "one":
        raise _wrong(file, f"says weighs: {file.said['weighs']}; leave it out where spans carry a weight")
    if file.said.get("interval", "events") != "events" or ("interval" in file.said and counts is not Counts.RATIO):
        raise _wrong(file, "says interval; only a ratio of things that happened says interval: events")
    if (counts in (Counts.SHARE, Counts.RATIO, Counts.EACH)) != bool(file.text("denominator")):
        raise _wrong(
            file, f"says counts: {counts} and denominator: {file.said['denominator']}, which do not go together"
        )
    looks_back = _word(file, "looks_back", LooksBack)
    if file.said["period"].startswith("on the day") != (looks_back is LooksBack.THE_DAY):
        raise _wrong(file, f"says period: {file.said['period']} and looks_back: {looks_back}, which do not go together")
    return Definition(
        name=name,
        domain=domain,
        title=file.said["title"],
        says=file.said["says"],
        numerator=file.said["numerator"],
        denominator=file.text("denominator"),
        exclusions=file.text("exclusions"),
        period=file.said["period"],
        looks_back=looks_back,
        unit=file.said["unit"],
        counts=counts,
        belongs_to=_word(file, "belongs_to", Belongs),
        grouped=_word(file, "grouped", Grouped) if "grouped" in file.said else Grouped.THE_DAY,
        one_per=_word(file, "one_per", Belongs) if file.text("one_per") else None,
        within=_word(file, "within", Belongs) if file.text("within") else None,
        ones=file.said.get("weighs") == "one",
        events=file.said.get("interval") == "events" or (counts is Counts.EACH and file.said.get("weighs") == "one"),
        bands=file.said.get("bands") == "yes",
        per=int(file.said.get("per", "100" if file.said["unit"] == "percent" else "1").replace(",", "")),
        better=file.said["better"],
        source=file.said["source"],
        edition=file.said["edition"],
        catalogue=file.words("catalogue"),
        needs=file.words("needs"),
        settings=file.words("settings") if "settings" in file.said else (),
        small_numbers=file.said["small_numbers"],
        unconfirmed=file.text("unconfirmed"),
        sql=file.sql,
    )


def _group(text: str, name: str) -> Group:
    file = headed(text, f"groups/{name}.sql", needed=_GROUP, allowed=_GROUP_MAY)
    if is_by_worker(file.said["group"]):
        raise ValueError(f"groups/{name}.sql: no group parts a measure by named worker")
    return Group(
        name=file.said["group"],
        title=file.said["title"],
        says=file.said["says"],
        of=_word(file, "of", Belongs),
        claims=file.said.get("claims") == "yes",
        otherwise=file.text("otherwise") or None,
        sensitive=file.said.get("sensitive") == "yes",
        sql=file.sql,
    )


def _link(text: str, name: str) -> Link:
    file = headed(text, f"links/{name}.sql", needed=_LINK, allowed=frozenset())
    return Link(
        _word(file, "of", Belongs),
        _word(file, "to", Belongs),
        file.said["says"],
        file.said["claims"] == "yes",
        file.sql,
    )


def _check(found: Registry) -> None:
    """Every name in every query is known, and a definition needs only tables that it reads."""
    queries = {f"definition {one.name}": one.sql for one in found.definitions.values()}
    queries |= {f"group {one.name}": one.sql for one in found.groups.values()}
    queries |= {f"link {one.of} to {one.to}": one.sql for one in found.links.values()}
    queries |= {f"relation {name}": sql for name, sql in found.relations.items()}
    for where, sql in queries.items():
        try:
            found.tables_of(sql)
        except KeyError as unknown:
            raise KeyworkerError(
                f"This SQL names {unknown}, which is no table, relation or window.",
                where=where,
                remedy="See `keyworker.vocabulary.TABLES` and the folder `relations`.",
            ) from unknown
    for one in found.definitions.values():
        if unread := set(one.needs) - found.tables_of(one.sql):
            raise KeyworkerError(
                f"The header says needs: {', '.join(sorted(unread))}, which the SQL does not read.",
                where=f"definition {one.name}",
                remedy="Name described tables that the SQL reads, directly or through a relation.",
            )
        if (one.settings and "setting" not in one.needs) or any(map(_ODD.search, one.settings)):
            raise KeyworkerError(
                "The header names settings, and either the table of settings is not among its needs or a name is odd.",
                where=f"definition {one.name}",
                remedy="Write settings' names in small letters, and add setting to needs.",
            )


def _word(file: Headed, key: str, words: type[Word]) -> Word:
    try:
        return words(file.said[key])
    except ValueError as unknown:
        raise _wrong(file, f"says {key}: {file.said[key]}, which is none of {', '.join(words)}") from unknown


def _wrong(file: Headed, what: str) -> KeyworkerError:
    return KeyworkerError(f"This SQL file {what}.", where=file.where, remedy="See `Measures` in DEVELOPERS.md.")
