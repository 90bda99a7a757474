"""What each item of the workforce census becomes in the record. Items without a column are kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import polars as pl

from keyworker.intake.carry import Carry, Made, with_fields
from keyworker.intake.contract import BESIDE_FAULTS, ROW
from keyworker.intake.gathered import INDEX, PARENT

_COLUMNS = {
    "AgencyWorker": "agency_worker",
    "OrgRole": "role_class",
    "FTE": "fte",
    "Cases30": "cases",
    "RoleStartDate": "contract_from_on",
    "RoleEndDate": "role_ended_on",
    "StartOrigin": "start_origin",
    "ReasonLeave": "leaving_reason",
    "LeaverDestination": "leaving_destination",
    "Absat30Sept": "absent_on_day",
    "ReasonAbsence": "absence_reason",
    "WorkingDaysLost": "working_days_lost",
    "PersonBirthDate": "birth_on",
    "Ethnicity": "ethnicity",
    "QualLevel": "qualification_level",
}
_WHOLE = ("AgencyWorker", "OrgRole", "Cases30", "StartOrigin", "ReasonLeave", "LeaverDestination", "Absat30Sept")
_DATES = ("RoleStartDate", "RoleEndDate", "PersonBirthDate")
_TOLD = {*_COLUMNS, "SWENo", "Sex", "GenderCurrent", "YEAR", "YearCensus", "LEA", "LA"}
OTHER = "@other"

# A flat form may hold a pseudonym of 64 hexadecimal digits in place of a registration number.
PSEUDONYM = pl.col("SWENo").str.contains(r"^[0-9a-f]{64}$")
REGISTRATION = (~(pl.col("SWENo").str.contains(r"^[A-Za-z]{2}\d{1,10}$") | PSEUDONYM)).fill_null(value=False)


def prepared(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Gather what has no column into JSON; a year where a day belongs goes there too."""
    found = dict(frames)
    if "workers" not in found:
        return found
    workers = with_fields(found["workers"], sorted(_TOLD - {"YEAR", "YearCensus", "LEA", "LA"}))
    for name in _WHOLE:
        workers = workers.with_columns(pl.col(name).str.strip_suffix(".0").alias(name))
    for name in _DATES:
        is_year = pl.col(name).str.contains(r"^\d{4}(\.0)?$").fill_null(value=False)
        workers = workers.with_columns(
            pl.when(is_year).then(name).alias(f"{name} (year)"), pl.when(~is_year).then(name).alias(name)
        )
    others = sorted(name for name in workers.columns if _is_other(name))
    told = pl.Series(OTHER, [_as_json(row) for row in workers.select(others).iter_rows(named=True)], pl.String)
    workers = workers.with_columns(told, pl.col("SWENo").alias("@sweno"))
    keep = [name for name in workers.columns if not _is_other(name)]
    workers = workers.select(keep)
    found["workers"] = workers
    real = workers.filter(pl.col("SWENo").is_not_null() & ~PSEUDONYM & ~REGISTRATION)
    found["people"] = real.select(ROW, INDEX, PARENT, "@sweno").unique("@sweno", keep="first", maintain_order=True)
    return found


def _as_json(row: Mapping[str, str | None]) -> str | None:
    """What a row holds, without what it does not: another file's blank columns change no row."""
    told = {name: value for name, value in row.items() if value is not None}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else None


def _is_other(name: str) -> bool:
    return name not in {ROW, INDEX, PARENT, *BESIDE_FAULTS} | _TOLD and not name.startswith("@")


CARRIES = (
    Carry(
        "workers",
        "workforce_snapshot",
        {
            "worker_id": "SWENo",
            "happened_on": "@day",
            **{column: name for name, column in _COLUMNS.items()},
            "sex": Made(("Sex", "GenderCurrent"), pl.coalesce("Sex", pl.col("GenderCurrent").str.strip_suffix(".0"))),
            "other_json": OTHER,
        },
        also=("YEAR", "YearCensus", "LEA", "LA"),
    ),
    Carry("people", "professionals", {"worker_id": "@sweno", "registration_no": "@sweno"}),
    Carry(
        "totals",
        "workforce_totals",
        {
            "authority": "@council",
            "happened_on": "@day",
            "vacancies_fte": "NumberOfVacancies",
            "agency_fte": "NoAgencyFTE",
            "agency_headcount": "NoAgencyHeadcount",
        },
        also=("YEAR", "YearCensus", "LEA", "LA"),
    ),
)
