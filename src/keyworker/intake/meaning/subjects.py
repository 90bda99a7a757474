"""The four kinds of word that need a meaning, and the columns of a meaning that each can fill."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Subject:
    """One kind of word.

    Takes   name, as `meaning.subject` holds it; sheet, its sheet in the workbook;
            fills, the columns of `meaning` that are its to fill, each with the heading that people see.
    """

    name: str
    sheet: str
    counts: str
    fills: dict[str, str] = field(hash=False)


TEAM = Subject("team", "Teams", "children held now", {"district": "District", "team_type": "Team type"})
JOB_TITLE = Subject(
    "job title", "Job titles", "workers", {"role_class": "National role class", "holds_cases": "Holds cases (Y or N)"}
)
ROLE = Subject(
    "involvement role",
    "Involvement roles",
    "children held now",
    {"allocation_role": "Accountable, lead, co-worker or none"},
)
VISIT_KIND = Subject("visit kind", "Visit kinds", "visits", {"visit_kind": "Counts as"})

SUBJECTS = (TEAM, JOB_TITLE, ROLE, VISIT_KIND)
