"""What a council and children's own plans set for themselves: editions of rules, school terms, own intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from keyworker.clocks.counting import Method, Unit
from keyworker.clocks.due import Exempted, Local, OwnInterval
from keyworker.clocks.places import place
from keyworker.clocks.rules import Binding, Edition, Rule, Rulebook, RuleKind, Source, Subject
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment

Rows = Sequence[tuple[Any, ...]]
Ask = Callable[[str], Rows]
"""A query over named tables at the moment, and its rows."""

OWN_PLAN = "visit-own-plan"
_UNITS = frozenset(one.value for one in Unit)
_VISIT_RULES = {"cp": "cp-visit", "cin": "cin-visit"}
_SETTINGS = """select lower(name), applies_to, value, unit, set_by, written_in, from_on, to_on from {setting} s
where lower(name) in ('timescale', 'visit interval', 'school term') order by from_on, entry_id"""
_OWN = "select child_id, visit_every, unit, set_by, why, from_on, to_on from {child_plan} p order by from_on, entry_id"
# The last day of an exception was agreed with it: it is known before it comes, unlike the end of other periods.
_EXCEPTIONS = """select coalesce(x.child_id, x.worker_id), x.rule, x.from_on, agreed.to_on, x.new_due_on, x.granted_by
from {timescale_exception} x
join record.timescale_exception agreed on agreed.entry_id = x.entry_id and agreed.exception_id = x.exception_id
order by x.from_on, x.entry_id"""


def own_plan_rule() -> Rule:
    """The rule that a child's own plan makes: it has no number of its own, for each plan gives one."""
    return Rule(
        id=OWN_PLAN,
        title="Visit as often as the child's own plan says",
        basis="the child's own plan",
        applies_to=("child whose plan says how often they are to be seen",),
        trigger="Previous visit at which the child was seen, or the day from which the plan says so",
        completes_when="Visit recorded with the child seen",
        editions=(Edition(Source("The child's own plan"), None, unit="as the plan says"),),
        binding=Binding(
            kind=RuleKind.DEADLINE,
            subject=Subject.CHILD,
            belongs_to="plan",
            starts=(place("span:own_plan"), place("visit:any:seen")),
            meets=(place("visit:any:seen"),),
            stops=(place("span_end:own_plan"),),
            may_meet=(place("visit:any:unsaid"),),
            while_in="own_plan",
            needs=("how often the child's own plan says that they are to be seen",),
            says="A child is visited at least as often as their own plan says.",
            starts_says="the day last seen, or the day from which the plan says so",
            meets_says="a visit at which the child was seen",
            stops_says="the end of that part of the plan",
        ),
    )


def settled(rulebook: Rulebook, ask: Ask) -> Rulebook:
    """The rulebook with the council's own editions, as its settings give them."""
    return settled_by(rulebook, ask(_SETTINGS))


def settled_by(rulebook: Rulebook, settings: Rows) -> Rulebook:
    """The same from the settings themselves, oldest first."""
    found: dict[str, list[Edition]] = defaultdict(list)
    for name, applies_to, value, unit, set_by, written_in, from_on, to_on in settings:
        rule_id = _rule_of(name, applies_to)
        if rule_id:
            found[rule_id].append(_edition(value, unit, set_by, written_in, from_on, to_on))
    return Rulebook(
        {rule.id: rule.with_local(tuple(found[rule.id])) if rule.id in found else rule for rule in rulebook}
    )


def local_at(moment: Moment, ask: Ask) -> Local:
    """The school terms, how often each child's own plan says that they are to be seen, and agreed exceptions."""
    return local_of(moment, ask(_SETTINGS), ask(_OWN), ask(_EXCEPTIONS))


def local_of(moment: Moment, settings: Rows, plans: Rows, exceptions: Rows) -> Local:
    """The same from the rows of settings, children's plans and exceptions, each oldest first."""
    terms = [(row[6], row[7] - timedelta(days=1)) for row in settings if row[0] == "school term" and row[7]]
    own: dict[str, list[OwnInterval]] = defaultdict(list)
    for child_id, every, unit, set_by, why, from_on, to_on in plans:
        own[child_id].append(OwnInterval(_method(str(every), unit), from_on, to_on, set_by or "", why or ""))
    known = london_day(moment.known_at) if moment.known_at else None
    return Local(
        tuple(sorted(terms)), {child: tuple(rows) for child, rows in own.items()}, _exceptions(exceptions), known
    )


def _exceptions(rows: Rows) -> Mapping[tuple[str, str], tuple[Exempted, ...]]:
    """The agreed exceptions by subject and rule, oldest first."""
    found: dict[tuple[str, str], list[Exempted]] = defaultdict(list)
    for row in rows:
        one = Exempted(*row)
        found[one.subject, one.rule].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def _rule_of(name: str, applies_to: str) -> str:
    if name == "timescale":
        return applies_to.strip()
    return _VISIT_RULES.get(applies_to.strip().lower(), "") if name == "visit interval" else ""


def _edition(
    value: str, unit: str | None, set_by: str | None, written_in: str | None, from_on: date, to_on: date | None
) -> Edition:
    method = _method(value, unit)
    return Edition(
        source=Source(written_in or "a local setting"),
        first=method,
        from_on=from_on,
        to_on=to_on,
        unit="" if method else f"{value} {unit or ''}".strip(),
        set_by=set_by or "",
        is_local=True,
    )


def _method(value: str, unit: str | None) -> Method | None:
    word = (unit or "").strip().lower().replace(" ", "_")
    if not value.strip().isdecimal() or int(value) < 1 or word not in _UNITS:
        return None
    return Method(int(value), Unit(word))
