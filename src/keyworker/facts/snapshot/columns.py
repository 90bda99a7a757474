"""Which columns a snapshot carries, and which of them it carries only under a random key."""

from __future__ import annotations

from keyworker.record.entry import handle_kind
from keyworker.vocabulary import TABLES, Column, Table, Type

ENTRY_COLUMNS = (
    "entry_id",
    "act_id",
    "source",
    "row_key",
    "standing",
    "entered_at",
    "recorded_at",
    "superseded_at",
)

# Teams and posts are the organisation's own furniture; keys there would only make every table unreadable.
_PLAIN = frozenset({"team_id", "parent_id", "post_id", "from_team_id", "to_team_id"})
_ALSO_KEYED = frozenset({"same_as", "account", "covering_for", "court_reference", "owner"})
_SERVICE = frozenset(
    {"department", "team", "team_succession", "practice_model", "post", "appointment", "professionals", "setting"}
    | {"meaning", "role_holding", "workforce_totals", "workforce_snapshot", "protection_team_member"}
)
"""Tables whose words say how the service is built, and nothing of a child or of what somebody said."""
_CHOSEN = frozenset({"rule", "measure", "belongs_to"})
"""Columns whose word the program chose itself."""
_READ_AS_CODES = frozenset(
    {
        "audit.judgement",
        "care_proceedings.application",
        "cla_health.type",
        "cp_reviews.quorate",
        "early_help_episodes.end_reason",
        "immigration_status.immigration_status",
        "involvements.role",
        "permanence.permanence_order_type",
        "personal_supervision.cancelled_by",
        "sdq_scores.score",
        "step.outcome",
        "training_session.reason_not",
        "vacancy_step.outcome",
    }
)
"""Columns that no list of codes binds, of which a definition reads short words that sources use as codes."""
LONGEST_CODE = 40
"""No word that a source uses as a code is longer: what is, is a sentence, and may say anything."""
LEFT_OUT = "words left out"


def is_keyed(column: Column) -> bool:
    """Whether a column names a person or a record in a way that another system knows."""
    return column.name not in _PLAIN and (column.name.endswith("_id") or column.name in _ALSO_KEYED)


def carried(table: Table, *, identifying: bool) -> list[Column]:
    """The columns that leave the record; without a reason, none that identifies or holds what people wrote."""
    return [column for column in table.columns if identifying or not (column.identifying or _is_prose(table, column))]


def _holds_words(table: Table, column: Column) -> bool:
    """Whether a source may write anything there: no list of codes binds it, and it names no row and no person."""
    is_free = column.type is Type.TEXT and not column.codes and not column.refers and not is_keyed(column)
    return is_free and table.name not in _SERVICE and column.name not in (*table.key, *_CHOSEN)


def _is_prose(table: Table, column: Column) -> bool:
    return _holds_words(table, column) and f"{table.name}.{column.name}" not in _READ_AS_CODES


def select(table: Table, *, identifying: bool, leaves_out: bool = False) -> str:
    """The PostgreSQL query that a snapshot copies; `row_key` and keyed columns are hashed under `%(secret)s`.

    Takes   leaves_out, whether no row of the children `%(without)s` is copied, nor what hangs on such a row.
    """
    parts = ["md5(%(secret)s || row_key::text) as row_key" if name == "row_key" else name for name in ENTRY_COLUMNS]
    for column in carried(table, identifying=identifying):
        if is_keyed(column) and not identifying:
            parts.append(f"md5(%(secret)s || {column.name}) as {column.name}")
        elif _holds_words(table, column) and not identifying:
            parts.append(
                f"case when length({column.name}) > {LONGEST_CODE} then '{LEFT_OUT}' else {column.name} end"
                f" as {column.name}"
            )
        elif column.type is Type.DECIMAL:
            parts.append(f"{column.name}::float8 as {column.name}")
        else:
            parts.append(column.name)
    left = f" where not ({_of_those_left_out(table)})" if leaves_out else ""
    return f"select {', '.join(parts)} from record.{table.name} t0{left}"


def _of_those_left_out(table: Table, above: tuple[str, ...] = ()) -> str:
    """Whether a row names one of the children who are left out, or refers to a row that does.

    Takes   above, the tables that refer to it.
    """
    alias, below = f"t{len(above)}", f"t{len(above) + 1}"
    said = []
    for column in table.columns:
        parent, _, key = column.refers.partition(".")
        if handle_kind(column) == "child" or column.name == "same_as":
            said.append(f"coalesce({alias}.{column.name} = any(%(without)s), false)")
        elif key and parent not in (*above, table.name) and handle_kind(column) is None:
            inside = _of_those_left_out(TABLES[parent], (*above, table.name))
            rows = f"select {below}.{key} from record.{parent} {below} where {inside}"
            said.append(f"coalesce({alias}.{column.name} in ({rows}), false)")
    return " or ".join(said) or "false"
