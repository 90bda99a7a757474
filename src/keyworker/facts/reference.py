"""The facts, worked out slowly and plainly, entry by entry and day by day.

The engines must agree with this on random histories. It takes entries as dicts, the record's columns beside the
described ones, and uses nothing of the engines: no SQL, no windows, only rows and sets of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from keyworker.facts.endings import ENDING_COLUMNS
from keyworker.facts.identity import is_adoption_ceasing, is_adoption_closure, is_adoption_order, roots
from keyworker.facts.lens import DEFAULT_PRECEDENCE
from keyworker.facts.likely import NOT_SAME, has_likely
from keyworker.facts.moment import Moment
from keyworker.vocabulary import TABLES, Kind, Table
from keyworker.vocabulary.allocation_roles import role_by_published_word
from keyworker.vocabulary.homes import HERE

Entry = Mapping[str, Any]
Row = dict[str, Any]
Days = set[int]
SHORT_BREAKS = ("v3", "v4")


@dataclass(frozen=True)
class Period:
    """A stretch of days; `to_on` is exclusive, None while it goes on at the moment."""

    from_on: date
    to_on: date | None


class Reference:
    """What a record holds at a moment.

    Takes   entries by table, every one ever written, superseded or not.
    """

    def __init__(self, entries: Mapping[str, Iterable[Entry]], moment: Moment) -> None:
        self.moment = moment
        self._entries = {name: list(rows) for name, rows in entries.items()}
        self._known: dict[str, list[Row]] = {}
        self._roots: dict[str, str] = {}
        self._roots = self._joined()
        self._known.clear()  # what was read to find who is one child was read under the identifiers as told

    @property
    def names(self) -> list[str]:
        """The tables that have any entry."""
        return [name for name, rows in self._entries.items() if rows]

    def rows(self, name: str) -> list[Row]:
        """The rows of a described table: known, reported, begun, told by the first source, under one identifier."""
        if name not in self._known:
            table = TABLES[name]
            seen = [self._seen(table, entry) for entry in self._entries.get(name, ()) if self._counts(table, entry)]
            self._known[name] = self._first_source(table, seen)
        return list(self._known[name])

    def in_force(self, rows: Iterable[Row]) -> list[Row]:
        """Those whose period is in force at the end of the day: a last day counts."""
        at = self.moment.at
        return [row for row in rows if row["from_on"] <= at and (row["to_on"] is None or row["to_on"] > at)]

    def role(self, said: str | None, day: date) -> str:
        """What an involvement role means on a day."""
        if not any(row["allocation_role"] for row in self._meanings("involvement role", said)):
            return role_by_published_word(said) or "unmapped"
        last = self.meaning("involvement role", said, day)
        return (last["allocation_role"] if last else None) or "unmapped"

    def meaning(self, subject: str, said: str | None, day: date) -> Row | None:
        """What the council has said that a word means on a day; its first meaning reaches back before its own day."""
        by_day = {row["from_on"]: row for row in sorted(self._meanings(subject, said), key=lambda row: row["entry_id"])}
        if not by_day:
            return None
        begun = [from_on for from_on in by_day if from_on <= day] or [min(by_day)]
        last = by_day[max(begun)]
        return None if last["to_on"] is not None and last["to_on"] <= day else last

    def _meanings(self, subject: str, said: str | None) -> list[Row]:
        word = " ".join((said or "").split()).lower()
        rows = [row for row in self.rows("meaning") if row["subject"] == subject]
        return [row for row in rows if " ".join(row["said"].split()).lower() == word]

    def holdings(self) -> dict[tuple[str, str, str, str], list[Period]]:
        """By child, worker, role and, where the role is unmapped, the word itself: the stretches of days held."""
        days: dict[tuple[str, str, str, str], Days] = defaultdict(set)
        for row in self.rows("involvements"):
            if row["worker_id"] is None:
                continue
            last = self.moment.at if row["to_on"] is None else row["to_on"] - timedelta(days=1)
            role = self.role(row["role"], last)
            if role != "none":
                word = (row["role"] or "") if role == "unmapped" else ""
                days[row["child_id"], row["worker_id"], role, word] |= self._days(row)
        return {key: self._periods(held) for key, held in days.items() if held}

    def open_periods(self) -> dict[str, list[Period]]:
        """By child: the stretches of days on which they were open to the service."""
        return {child: self._periods(days) for child, days in self._open_days().items() if days}

    def gaps(self) -> dict[str, list[Period]]:
        """By child: the stretches of days open with neither a lead nor an accountable worker."""
        held: dict[str, Days] = defaultdict(set)
        for (child, _, role, _), periods in self.holdings().items():
            if role in ("lead", "accountable"):
                for period in periods:
                    held[child] |= self._days({"from_on": period.from_on, "to_on": period.to_on})
        found = {child: self._periods(days - held[child]) for child, days in self._open_days().items()}
        return {child: periods for child, periods in found.items() if periods}

    def main_workers(self) -> dict[str, list[tuple[date, str]]]:
        """By child: the days on which the main worker became somebody, in order, pauses left out.

        The main worker of a day is its lead, or its accountable worker where nobody leads; of two, the later come.
        """
        at = self.moment.at
        candidates: dict[str, list[tuple[str, str, Period]]] = defaultdict(list)
        for (child, worker, role, _), periods in self.holdings().items():
            if role in ("lead", "accountable"):
                candidates[child] += [(role, worker, period) for period in periods]
        found: dict[str, list[tuple[date, str]]] = {}
        for child, held in candidates.items():
            found[child] = []
            day = min(period.from_on for _, _, period in held)
            while day <= at:
                now = [
                    (role == "lead", period.from_on, worker)
                    for role, worker, period in held
                    if period.from_on <= day and (period.to_on is None or period.to_on > day)
                ]
                if now and (not found[child] or found[child][-1][1] != max(now)[2]):
                    found[child].append((day, max(now)[2]))
                day += timedelta(days=1)
        return found

    def visits(self) -> list[Row]:
        """Every visit with its kind and its outcome."""
        found = []
        for name, kind in (("cin_visits", "cin"), ("cp_visits", "cp"), ("cla_visits", "cla"), ("other_visit", None)):
            for row in self.rows(name):
                if row["happened_on"] is not None:
                    found.append({**row, "kind": kind or row["visit_kind"] or "other", "outcome": outcome(row)})
        return found

    def last(self, *outcomes: str) -> dict[str, date]:
        """By child: the last day of a visit with one of these outcomes."""
        found: dict[str, date] = {}
        for visit in self.visits():
            if visit["outcome"] in outcomes:
                child, day = visit["child_id"], visit["happened_on"]
                found[child] = max(found.get(child, day), day)
        return found

    def looked_after(self) -> dict[str, list[Period]]:
        """By child: the stretches of days looked after, whatever the placement or status, short breaks left out."""
        days: dict[str, Days] = defaultdict(set)
        for row in self.care_episodes(short=False):
            days[row["child_id"]] |= self._days(row)
        return {child: self._periods(found) for child, found in days.items() if found}

    def care_episodes(self, *, short: bool) -> list[Row]:
        """Episodes of being looked after that are, or are not, short breaks, by the legal status when each began."""
        found = []
        for row in self.rows("cla_episodes"):
            if row["to_on"] is None or row["to_on"] > row["from_on"]:
                words = self.legal_statuses(row["child_id"], row["from_on"])
                is_short = any(word in SHORT_BREAKS for word in words) and all(word in SHORT_BREAKS for word in words)
                if is_short is short:
                    found.append(row)
        return found

    def legal_statuses(self, child: str, day: date) -> list[str]:
        """The codes of a child's legal statuses on a day, in small letters."""
        rows = (row for row in self.rows("legal_status") if row["child_id"] == child)
        held = (row for row in rows if row["from_on"] <= day and (row["to_on"] is None or row["to_on"] > day))
        return [row["legal_status"].lower() for row in held if row["legal_status"] is not None]

    def _open_days(self) -> dict[str, Days]:
        days: dict[str, Days] = defaultdict(set)
        for name in ("cin_episodes", "cp_plans", "cla_episodes"):
            for row in self.rows(name):
                if not row.get("referral_nfa"):
                    days[row["child_id"]] |= self._days(row)
        return days

    def _days(self, period: Row) -> Days:
        """The days of a period. One that goes on also holds the day after the moment, which stands for ever after."""
        end = self.moment.at + timedelta(days=2) if period["to_on"] is None else period["to_on"]
        return set(range(period["from_on"].toordinal(), end.toordinal()))

    def _periods(self, days: Days) -> list[Period]:
        """Runs of days that follow one another."""
        after = self.moment.at.toordinal() + 1
        found = []
        for first in sorted(day for day in days if day - 1 not in days):
            last = first
            while last + 1 in days:
                last += 1
            if first != after:
                found.append(Period(date.fromordinal(first), None if last == after else date.fromordinal(last + 1)))
        return found

    def _counts(self, table: Table, entry: Entry) -> bool:
        if entry["standing"] != "reported" or not _known(entry, self.moment):
            return False
        begins = {Kind.PERIOD: "from_on", Kind.EVENT: "happened_on"}.get(table.kind)
        return begins is None or entry[begins] is None or entry[begins] <= self.moment.at

    def _seen(self, table: Table, entry: Entry) -> Row:
        row = dict(entry)
        if table.kind is Kind.PERIOD and row["to_on"] and row["to_on"] > self.moment.at + timedelta(days=1):
            hidden = ["to_on", *ENDING_COLUMNS.get(table.name, ())]
            row |= dict.fromkeys(hidden)
        if table.has("child_id"):
            row["child_id"] = self._roots.get(row["child_id"], row["child_id"])
        return row

    def _first_source(self, table: Table, rows: list[Row]) -> list[Row]:
        if not table.match:
            return rows
        order = self._precedence(table)
        likely = self._likely(rows) if has_likely(table) else set()
        told: dict[tuple[Any, ...], set[str]] = defaultdict(set)
        for row in rows:
            told[tuple(row[name] for name in table.match)].add(row["source"])
        return [
            row
            for row in rows
            if row["entry_id"] not in likely
            if None in (match := tuple(row[name] for name in table.match))
            or row["source"] == min(told[match], key=order.index)
        ]

    def _likely(self, rows: list[Row]) -> set[int]:
        """Visits written here of which another source most likely tells too, on the day before or after."""
        here = [row for row in rows if row["source"] == HERE]
        there = [row for row in rows if row["source"] != HERE]
        day = timedelta(days=1)

        def on(told: list[Row], child: str, when: date) -> list[Row]:
            return [row for row in told if row["child_id"] == child and row["happened_on"] == when]

        found = set()
        for row in here:
            child, when = row["child_id"], row["happened_on"]
            if when is None or on(there, child, when):
                continue
            after = [one for one in on(there, child, when + day) if _alike(row, one)]
            before = [
                one
                for one in on(there, child, when - day)
                if _alike(row, one) and not any(_alike(other, one) for other in on(here, child, when - 2 * day))
            ]
            if any(not on(here, child, one["happened_on"]) for one in after + before):
                found.add(row["entry_id"])
        return found

    def _precedence(self, table: Table) -> list[str]:
        if table.name == "setting":
            return [*DEFAULT_PRECEDENCE]
        rows = [row for row in self.in_force(self.rows("setting")) if row["name"] == "source precedence"]
        values = {row["applies_to"]: row["value"] for row in rows}
        said = [word.strip() for word in (values.get(table.name) or values.get("all") or "").split(",") if word.strip()]
        sources = {entry["source"] for entry in self._entries.get(table.name, ())}
        return list(dict.fromkeys([*said, *DEFAULT_PRECEDENCE, *sorted(sources)]))

    def _joined(self) -> dict[str, str]:
        links = [(row["child_id"], row["same_as"]) for row in self.in_force(self.rows("identity_link"))]
        return roots(links, self._adopted())

    def _adopted(self) -> frozenset[str]:
        """Adopted by anything known at the moment or now: a join across an adoption is undone for the past too."""
        now = Moment(date(9998, 12, 31))
        tells = (
            ("cin_episodes", "close_reason", is_adoption_closure),
            ("cla_episodes", "episode_ceased_reason", is_adoption_ceasing),
            ("permanence", "permanence_order_type", is_adoption_order),
        )
        found = set()
        for name, column, means in tells:
            table = TABLES[name]
            for entry in self._entries.get(name, ()):
                then = self._counts(table, entry) and means(self._seen(table, entry)[column])
                later = entry["standing"] == "reported" and _known(entry, now) and means(entry[column])
                if then or later:
                    found.add(entry["child_id"])
        return frozenset(found)


def _known(entry: Entry, moment: Moment) -> bool:
    superseded = entry["superseded_at"]
    if moment.known_at is None:
        return superseded is None
    return entry["recorded_at"] <= moment.known_at and (superseded is None or superseded > moment.known_at)


def _alike(ours: Row, theirs: Row) -> bool:
    """Whether a visit written here and another source's, of neighbouring days, are most likely one."""
    seen = [{"seen alone": True, "seen": True, "not recorded": None}.get(outcome(one), False) for one in (ours, theirs)]
    workers = {one["worker_id"] for one in (ours, theirs)} - {None}
    kinds = {one.get("visit_kind") or "other" for one in (ours, theirs)}
    is_said_two = ours[NOT_SAME] == theirs["happened_on"]
    return None not in seen and seen[0] == seen[1] and len(workers) < 2 and len(kinds) == 1 and not is_said_two


def outcome(visit: Mapping[str, Any]) -> str:
    """What came of a visit: what the source says, or else what its flags say."""
    said = (visit["outcome"] or "").lower().replace("_", " ")
    if said in ("seen alone", "not seen", "cancelled", "no access"):
        return said
    if said == "seen":
        return "seen alone" if visit["seen_alone"] else "seen"
    if visit["seen"] is False:
        return "not seen"
    if visit["seen_alone"]:
        return "seen alone"
    return "seen" if visit["seen"] else "not recorded"
