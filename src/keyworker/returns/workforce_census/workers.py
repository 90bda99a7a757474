"""What the workforce census says of each worker: from their posts, and from an earlier census that the record holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from keyworker.returns.gathering import DAY, Row, gathered
from keyworker.returns.holding import holding
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.words import ROLE_CLASS, role_code, sex_of
from keyworker.returns.workforce_census.posts import CensusYear, fte_on, in_force, is_agency, joined_on, of_year

Items = dict[str, str | None]
_GENDER = {"M": "1", "F": "2", "9": "9", "U": "0"}
NOT_OF_YEAR = "not in post on the day, nor a leaver of the year"
NO_SOCIAL_WORKER = "neither registered as a social worker nor in a social worker's role"


@dataclass(frozen=True)
class Workers:
    """Everybody whom the record knows as a worker, with what the census may ask of them."""

    year: CensusYear
    people: Mapping[str, Row]
    posts: Mapping[str, list[Row]]
    snapshots: Mapping[str, list[Row]]
    cases: Mapping[str, int]
    sick: Mapping[str, float]
    away: Mapping[str, str | None]
    keeps_absence: bool

    @classmethod
    def of(cls, frames: Frames, year: CensusYear) -> Workers:
        """Gather what the record holds of workers."""
        told = _as_posts_name_them(frames, frame_of(frames, "workforce_snapshot")).filter(
            pl.col("happened_on") <= year.on
        )
        absence = frame_of(frames, "absence")
        away = absence.filter(in_force(year.on)).sort("from_on", "absence_id").unique("worker_id", keep="last")
        begun = pl.col("from_on").is_between(year.since, year.on)
        sick = absence.filter(begun & (pl.col("reason_class").str.to_uppercase() == "SIC"))
        return cls(
            year,
            people={
                worker: rows[0] for worker, rows in gathered(_whole(frames, "professionals"), "it", "worker_id").items()
            },
            posts=gathered(_whole(frames, "appointment"), "it", "worker_id", order="from_on"),
            snapshots=gathered({"it": told}, "it", "worker_id", order="happened_on"),
            cases=_cases(frames, year),
            sick=dict(sick.group_by("worker_id").agg(pl.col("working_days_lost").sum()).iter_rows()),
            away=dict(away.select("worker_id", "reason_class").iter_rows()),
            keeps_absence=absence.height > 0,
        )

    def everybody(self) -> list[str]:
        """All workers with a post, or with a census of this day."""
        counted = [worker for worker, rows in self.snapshots.items() if rows[-1]["happened_on"] == self.year.on]
        return sorted({*self.posts, *counted})

    def items(self, worker: str) -> Items | str:
        """What is returned of a worker, or why they are not returned."""
        told = self.snapshots.get(worker, [])
        of_day = told[-1] if told and told[-1]["happened_on"] == self.year.on else None
        if worker not in self.posts:
            return self._numbered(worker) | (_of_snapshot(of_day) if of_day else {})
        row = of_year(self.posts[worker], self.year)
        if row is None:
            return NOT_OF_YEAR
        if not self._is_social_worker(worker, row):
            return NO_SOCIAL_WORKER
        items = self._numbered(worker) | self._of_posts(worker, row)
        if not is_agency(row):
            items |= _traits(told)
        other = _others(of_day) if of_day else {}
        return other | {name: said for name, said in items.items() if said}

    def _is_social_worker(self, worker: str, row: Row) -> bool:
        person = self.people.get(worker)
        role = (row["role_class"] or "").strip().lower()
        return bool(person and person["registration_no"]) or role in ROLE_CLASS

    def _numbered(self, worker: str) -> Items:
        person = self.people.get(worker)
        return {"SWENo": person["registration_no"] if person else None}

    def _of_posts(self, worker: str, row: Row) -> Items:
        rows = self.posts[worker]
        ended = row["to_on"] - DAY if row["to_on"] else None
        left = ended is not None and ended <= self.year.on
        agency = is_agency(row)
        items: Items = {"AgencyWorker": "1" if agency else "0"}
        items["FTE"] = f"{0 if left else fte_on(rows, self.year.on):.6f}"
        if not left:
            items["Cases30"] = str(self.cases.get(worker, 0))
        if agency:
            return items
        items |= {
            "OrgRole": role_code(row["role_class"]),
            "RoleStartDate": str(joined_on(rows, row)),
            "StartOrigin": row["start_origin"],
            "FTE30": f"{fte_on([one for one in rows if not is_agency(one)], self.year.since - DAY):.6f}",
        }
        if left:
            items |= {
                "RoleEndDate": str(ended),
                "LeaverDestination": row["leaving_destination"],
                "ReasonLeave": row["leaving_reason"],
            }
        if self.keeps_absence:
            items["WorkingDaysLost"] = _days(self.sick.get(worker, 0))
            if not left:
                items |= {"Absat30Sept": "1" if worker in self.away else "0", "ReasonAbsence": self.away.get(worker)}
        return items


def _as_posts_name_them(frames: Frames, told: pl.DataFrame) -> pl.DataFrame:
    """A census names workers by registration number: those who have a post go by the name that the post gives them."""
    people = frame_of(frames, "professionals").filter(pl.col("registration_no").is_not_null())
    posts = people.join(frame_of(frames, "appointment"), on="worker_id", how="semi")
    names = posts.unique("registration_no", keep="first", maintain_order=True)
    named = dict(names.select("registration_no", "worker_id").iter_rows())
    return told.with_columns(pl.col("worker_id").replace(named)) if named else told


def _whole(frames: Frames, table: str) -> Mapping[str, pl.DataFrame]:
    return {"it": frame_of(frames, table)}


def _cases(frames: Frames, year: CensusYear) -> Mapping[str, int]:
    """Children for whom each worker is lead, or accountable where nobody leads, on the day."""
    rows = holding(frames).filter(in_force(year.on))
    held = rows.filter(pl.col("worker_id").is_not_null() & pl.col("role").is_in(["lead", "accountable"]))
    order = ["role", "from_on", "worker_id"]
    one = held.sort(order, descending=[True, True, False]).unique("child_id", keep="first", maintain_order=True)
    return dict(one.group_by("worker_id").len().iter_rows())


def _of_snapshot(row: Row) -> Items:
    """What a census said of a worker who has no post in the record."""
    return _others(row) | {
        "AgencyWorker": _flag(row["agency_worker"]),
        "FTE": _figure(row["fte"], 6),
        "OrgRole": role_code(row["role_class"]),
        "RoleStartDate": _day(row["contract_from_on"]),
        "StartOrigin": row["start_origin"],
        "RoleEndDate": _day(row["role_ended_on"]),
        "LeaverDestination": row["leaving_destination"],
        "ReasonLeave": row["leaving_reason"],
        "Cases30": _figure(row["cases"], 0),
        "WorkingDaysLost": _figure(row["working_days_lost"], 1),
        "Absat30Sept": _flag(row["absent_on_day"]),
        "ReasonAbsence": row["absence_reason"],
        **_traits([row]),
    }


def _traits(told: list[Row]) -> Items:
    """What does not change from year to year, as the newest census says it."""
    if not told:
        return {}
    newest: dict[str, Any] = {}
    for row in told:
        newest |= {name: row[name] for name in ("birth_on", "sex", "ethnicity", "qualification_level") if row[name]}
    sex = sex_of(newest["sex"], None) if "sex" in newest else None
    return {
        "PersonBirthDate": _day(newest.get("birth_on")),
        "Sex": sex if sex in {"M", "F"} else None,
        "GenderCurrent": _GENDER[sex] if sex else None,
        "Ethnicity": newest.get("ethnicity"),
        "QualLevel": newest.get("qualification_level"),
    }


def _others(row: Row) -> Items:
    """The items that have no column of their own."""
    said = json.loads(row["other_json"] or "{}")
    return {name: str(value) for name, value in said.items() if value is not None}


def _flag(value: bool | None) -> str | None:
    return None if value is None else ("1" if value else "0")


def _day(value: object) -> str | None:
    return str(value) if value else None


def _figure(value: float | None, places: int) -> str | None:
    return None if value is None else f"{value:.{places}f}"


def _days(value: float | None) -> str:
    return str(Decimal(str(value or 0)).quantize(Decimal("0.1")))
