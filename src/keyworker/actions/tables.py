"""Pictures as plain rows: what a download, a command and a data frame all hold, so that they cannot disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from keyworker.facts.pictures import ChildRow, Ribbon, Story, TeamRef, VisitMark, WorkerRef, WorkerRow
from keyworker.measures.pictures import Figure, GroupRow, TeamPicture

Row = Mapping[str, Any]

# Names leave only when they are asked for with a reason.
NAMES = frozenset({"name", "lead", "accountable", "co_workers", "worker", "supervisor", "birth_on"})


def _named(worker: WorkerRef | None) -> tuple[str | None, str | None]:
    return (worker.worker_id, worker.name) if worker else (None, None)


def team_columns(team: TeamRef | None) -> dict[str, Any]:
    """The team with which something is, in the columns that every list has for it."""
    return {
        "team_id": team.team_id if team else None,
        "team": team.name if team else None,
        "district": team.district if team else None,
    }


def child_record(child: ChildRow) -> dict[str, Any]:
    """One open child as a flat row."""
    lead_id, lead = _named(child.lead)
    accountable_id, accountable = _named(child.accountable)
    return {
        "child_id": child.child_id,
        "handle": child.handle,
        "name": child.name,
        "birth_on": child.birth_on,
        "age_years": child.age_years,
        "statuses": "; ".join(status.kind for status in child.statuses),
        "lead_id": lead_id,
        "lead": lead,
        "accountable_id": accountable_id,
        "accountable": accountable,
        "co_worker_ids": "; ".join(worker.worker_id for worker in child.co_workers),
        "unmapped_role_worker_ids": "; ".join(worker.worker_id for worker in child.unmapped_roles),
        **team_columns(child.team),
        "team_type": child.team.team_type if child.team else None,
        "unallocated_since": child.unallocated_since,
        "perhaps_unallocated_before": None if lead_id or accountable_id else child.perhaps_unallocated_before,
        "lead_since": child.lead_since,
        "last_attempted_on": child.last_attempted_on,
        "last_seen_on": child.last_seen_on,
        "last_seen_alone_on": child.last_seen_alone_on,
        "due_on": child.due_on,
        "standing": child.standing.value,
        "why_due": child.why_due,
        "last_case_supervision_on": child.last_case_supervision_on,
        "changes_in_12_months": child.changes_in_12_months,
        "next_date": child.next_date.on if child.next_date else None,
        "next_date_is": child.next_date.what if child.next_date else None,
    }


def worker_record(row: WorkerRow) -> dict[str, Any]:
    """One worker of a team as a flat row: the load, and what they are owed. No row has lateness, lag or hours."""
    supervisor_id, supervisor = _named(row.supervisor)
    return {
        "worker_id": row.worker.worker_id,
        "handle": row.worker.handle,
        "worker": row.worker.name,
        "job_title": row.worker.job_title,
        "role_class": row.role_class,
        **team_columns(row.team),
        "fte": row.fte,
        "children": row.children,
        "families": row.families,
        "accountable_only": row.accountable_only,
        "agreed_capacity": row.agreed_capacity,
        "is_away": row.is_away,
        "away_until": row.away_until,
        "supervisor_id": supervisor_id,
        "supervisor": supervisor,
        "last_supervised_on": row.last_supervised_on,
        "days_since_supervised": row.days_since_supervised,
    }


def team_records(picture: TeamPicture) -> list[dict[str, Any]]:
    """A team's workers as flat rows, then whoever supervises them from outside it; `of_the_team` says which."""
    own = {row.worker.worker_id for row in picture.workers}
    above = [row for row in picture.supervisors if row.worker.worker_id not in own]
    here = Counter(row.supervisor.worker_id for row in picture.workers if row.supervisor)
    return [
        {
            **worker_record(row),
            "of_the_team": row.worker.worker_id in own,
            "supervises": picture.spans.get(row.worker.worker_id, 0),
            "supervises_here": here[row.worker.worker_id],
            "in_role_since": picture.in_role_since.get(row.worker.worker_id),
        }
        for row in (*picture.workers, *above)
    ]


def _figure(prefix: str, figure: Figure) -> dict[str, Any]:
    return {
        prefix: figure.numerator,
        f"{prefix}_of": figure.denominator,
        f"{prefix}_base": figure.base,
        f"{prefix}_period": figure.period,
        f"{prefix}_note": figure.note,
    }


def group_record(group: GroupRow) -> dict[str, Any]:
    """One district or team as a flat row; every figure stands beside what it is out of."""
    return {
        "group": group.group,
        "handle": group.handle,
        "team_type": group.team_type,
        "children": group.children,
        "workers_holding": group.workers_holding,
        "loads": "; ".join(map(str, group.loads)),
        **_figure("mean_caseload", group.mean_caseload),
        **_figure("above_own_capacity", group.above_own_capacity),
        **_figure("past_interval", group.past_interval),
        "cannot_tell": group.cannot_tell,
        "unallocated": group.unallocated,
        **_figure("changes_12_months", group.changes_12_months),
        "causes": "; ".join(f"{cause}: {count}" for cause, count in group.causes),
        "record_lag_days_quartiles": "; ".join(map(str, group.record_lag_days)),
        "record_lag_unknown": group.record_lag_unknown,
        **_figure("supervision_past", group.supervision_past),
        **_figure("vacancies", group.vacancies),
        "truly_uncovered": group.truly_uncovered,
    }


def _ribbon(ribbon: Ribbon) -> dict[str, Any]:
    return {
        "what": f"held by, as {ribbon.role.value}",
        "from_on": ribbon.from_on,
        "to_on": ribbon.to_on,
        "worker_id": ribbon.worker.worker_id,
        "worker": ribbon.worker.name,
        "detail": ribbon.cause or "",
        "words": "",
        "read_from": ribbon.cause_read_from,
        "recorded_at": ribbon.recorded_at,
        "entered_at": None,
    }


def _visit(visit: VisitMark) -> dict[str, Any]:
    worker_id, worker = _named(visit.worker)
    return {
        "what": f"visit ({visit.kind})",
        "from_on": visit.happened_on,
        "to_on": None,
        "worker_id": worker_id,
        "worker": worker,
        "detail": visit.outcome.value,
        "words": "",
        "read_from": None,
        "recorded_at": visit.recorded_at,
        "entered_at": visit.entered_at,
    }


CODED = frozenset(
    {"initial child protection conference", "child protection review", "looked after review", "case supervision"}
    | {"missing", "placement", "legal status"}
)
"""What happened of which the record holds a code. Of all else a source may have written any words."""
SAID = NAMES | {"words"}
"""What of a chronology is told only with a reason: names, and words as somebody wrote them."""


def story_records(story: Story) -> list[dict[str, Any]]:
    """A child's story as dated rows, earliest first: the chronology."""
    plain = {"words": "", "worker_id": None, "worker": None, "read_from": None, "recorded_at": None, "entered_at": None}
    rows = [_ribbon(ribbon) for ribbon in story.ribbons] + [_visit(visit) for visit in story.visits]
    rows += [
        {**plain, "what": status.kind, "from_on": status.from_on, "to_on": status.to_on, "detail": status.detail or ""}
        for status in story.statuses
    ]
    rows += [
        {**plain, "what": what, "from_on": gap.from_on, "to_on": gap.to_on, "detail": ""}
        for what, those in (("no worker", story.gaps), ("worker not told", story.untold))
        for gap in those
    ]
    rows += [
        {
            **plain,
            "what": mark.kind,
            "from_on": mark.on,
            "to_on": None,
            "detail": mark.says if mark.kind in CODED else "",
            "words": "" if mark.kind in CODED else mark.says,
            "recorded_at": mark.recorded_at,
        }
        for mark in story.marks
    ]
    return sorted(rows, key=lambda row: (row["from_on"], row["what"], row["detail"], row["words"]))


def frame(rows: Iterable[Row], *, names: bool, named: frozenset[str] = NAMES) -> pl.DataFrame:
    """Flat rows as a data frame; without `names`, no name and no birth date. Takes named, the columns with those."""
    kept = [{key: value for key, value in row.items() if names or key not in named} for row in rows]
    return pl.DataFrame(kept, infer_schema_length=None)
