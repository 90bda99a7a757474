"""Which tables are held by column, and how their columns are written there."""

from __future__ import annotations

from keyworker.vocabulary import TABLES, Column, Table, Type

KEPT = (
    "absence",
    "appointment",
    "care_leavers",
    "care_proceedings",
    "case_supervision",
    "challenge",
    "child_plan",
    "cin_assessments",
    "cin_episodes",
    "cin_plans",
    "cin_visits",
    "cla_episodes",
    "cla_health",
    "cla_placement",
    "cla_reviews",
    "cla_visits",
    "contacts",
    "cp_plans",
    "cp_reviews",
    "cp_visits",
    "department",
    "early_help_episodes",
    "ehcp_active_plans",
    "ehcp_assessment",
    "ehcp_named_plan",
    "ehcp_requests",
    "family",
    "family_help_plan",
    "handover",
    "initial_cp_conference",
    "involvements",
    "legal_status",
    "meaning",
    "missing",
    "other_visit",
    "permanence",
    "personal_supervision",
    "post",
    "private_fostering",
    "professionals",
    "s47_enquiry",
    "sdq_scores",
    "send",
    "setting",
    "step",
    "supervision_deputy",
    "supervision_line",
    "team",
    "team_succession",
)
"""The tables of which questions about everybody are asked."""

ENTRY = {
    "entry_id": Type.INTEGER,
    "act_id": Type.INTEGER,
    "source": Type.TEXT,
    "standing": Type.TEXT,
    "entered_at": Type.INSTANT,
    "recorded_at": Type.INSTANT,
    "superseded_at": Type.INSTANT,
}

SQL = {
    Type.TEXT: "varchar",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.INSTANT: "timestamptz",
    Type.INTEGER: "bigint",
    Type.DECIMAL: "decimal(38, 12)",  # exact, as the record's own; a number that does not fit is an error
    Type.FLAG: "boolean",
}


def held(table: Table) -> dict[str, Type]:
    """The columns that are held of a table, in order: none that identifies."""
    return ENTRY | {column.name: column.type for column in table.columns if not column.identifying}


def create() -> str:
    """The tables, empty, and the views under the names that questions use."""
    return ";\n".join(["create schema held", "create schema record", *(f"{_table(t)};\n{_view(t)}" for t in _tables())])


def stored(table: Table) -> str:
    """Where a table's entries are held."""
    return f'held."{table.name}"'


def typed(name: str, kind: Type) -> str:
    """How a column that came from the record is turned into what it holds: a decimal comes as text."""
    return f'cast("{name}" as {SQL[kind]}) as "{name}"' if kind is Type.DECIMAL else f'"{name}"'


def _tables() -> list[Table]:
    return [TABLES[name] for name in KEPT]


def _table(table: Table) -> str:
    described = ", ".join(f'"{name}" {SQL[kind]}' for name, kind in held(table).items())
    return f"create table {stored(table)} ({described})"


def _view(table: Table) -> str:
    shown = ", ".join([*(f'"{name}"' for name in ENTRY), *(_shown(column) for column in table.columns)])
    return f'create view record."{table.name}" as select {shown} from {stored(table)}'


def _shown(column: Column) -> str:
    """A question that reads what is not held must fail; one that only names it, as a whole row, need not."""
    if not column.identifying:
        return f'"{column.name}"'
    never = f"case when entry_id is not null then error('{column.name} is not held by column') end"
    return f'cast({never} as {SQL[column.type]}) as "{column.name}"'
