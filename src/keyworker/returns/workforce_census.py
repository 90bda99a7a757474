"""The children's social work workforce census: one XML message for one 30 September.

Source  the census's published element names and code sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from keyworker.returns.gathering import DAY, Row, gathered
from keyworker.returns.holding import holding
from keyworker.returns.reconciliation import Line, Reconciliation

Frames = Mapping[str, pl.DataFrame]


def count_day(at: date) -> date:
    """The newest 30 September that is not after a day."""
    return date(at.year if at >= date(at.year, 9, 30) else at.year - 1, 9, 30)


def write(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:
    """Write the census of the newest 30 September: workers in post that day, and leavers of the year before it."""
    on = count_day(at)
    since = date(on.year - 1, 10, 1)
    people = {rows[0]["worker_id"]: rows[0] for rows in gathered(frames, "professionals", "worker_id").values()}
    posts = gathered(frames, "appointment", "worker_id", order="from_on")
    cases = _cases(frames, on)
    returned = {worker: row for worker, rows in sorted(posts.items()) if (row := _of_year(rows, since, on))}
    message = etree.Element("Message")
    message.append(_header(on, authority))
    message.append(_totals(frames, on))
    for worker, row in returned.items():
        message.append(
            _worker(row, people.get(worker), cases.get(worker, 0), _days_lost(frames, worker, since, on), on)
        )
    etree.ElementTree(message).write(
        str(out / f"social_work_workforce_{on.year}.xml"), encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    left = len(posts) - len(returned)
    why = {"not in post on the day, nor a leaver of the year": left} if left else {}
    return Reconciliation(lines=[Line("CSWWWorker", len(posts), len(returned), why)])


def _of_year(rows: list[Row], since: date, on: date) -> Row | None:
    begun = [row for row in rows if row["from_on"] <= on]
    if not begun:
        return None
    latest = begun[-1]
    ended = latest["to_on"] - DAY if latest["to_on"] else None
    return latest if ended is None or ended >= since else None


def _cases(frames: Frames, on: date) -> dict[str, int]:
    in_force = (pl.col("from_on") <= on) & (pl.col("to_on").is_null() | (pl.col("to_on") > on))
    held = holding(frames).filter(in_force & pl.col("role").is_in(["lead", "accountable"]))
    # One child is one case of one worker: the lead where there is one.
    one = held.sort("child_id", "role", "from_on", descending=[False, True, True]).unique("child_id", keep="first")
    return dict(one.group_by("worker_id").len().iter_rows())


def _days_lost(frames: Frames, worker: str, since: date, on: date) -> Decimal:
    rows = frames.get("absence")
    if rows is None or rows.is_empty():
        return Decimal(0)
    mine = rows.filter((pl.col("worker_id") == worker) & (pl.col("from_on") >= since) & (pl.col("from_on") <= on))
    return Decimal(str(mine["working_days_lost"].fill_null(0).cast(pl.Float64).sum())).quantize(Decimal("0.1"))


def _add(parent: etree._Element, name: str, value: Any) -> None:
    if value is not None and value != "":
        etree.SubElement(parent, name).text = str(value)


def _flag(value: bool | None) -> str | None:
    return None if value is None else ("1" if value else "0")


def _header(on: date, authority: str) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    _add(details, "Collection", "CSWW")
    _add(details, "Year", on.year)
    _add(details, "ReferenceDate", on)
    source = etree.SubElement(header, "Source")
    _add(source, "SourceLevel", "L")
    _add(source, "LEA", authority)
    _add(source, "SoftwareCode", "Keyworker")
    _add(source, "DateTime", f"{on}T00:00:00")
    return header


def _totals(frames: Frames, on: date) -> etree._Element:
    group = etree.Element("LALevelVacancies")
    in_force = (pl.col("from_on") <= on) & (pl.col("to_on").is_null() | (pl.col("to_on") > on))
    posts, people = frames.get("post"), frames.get("appointment")
    if posts is None or people is None or posts.is_empty() or people.is_empty():
        return group
    agency = (pl.col("employment").str.to_lowercase() == "agency").fill_null(value=False)
    now = people.filter(in_force)
    filled = now.filter(~agency).group_by("post_id").agg(pl.col("fte").cast(pl.Float64).sum().alias("filled"))
    vacant = (
        posts.filter(in_force)
        .join(filled, on="post_id", how="left")
        .select((pl.col("fte").cast(pl.Float64) - pl.col("filled").fill_null(0)).clip(0).sum())
        .item()
    )
    cover = now.filter(agency & pl.col("covers_vacancy").fill_null(value=False))
    _add(group, "NumberOfVacancies", f"{vacant or 0:.2f}")
    _add(group, "NoAgencyFTE", f"{cover['fte'].cast(pl.Float64).sum():.2f}")
    _add(group, "NoAgencyHeadcount", cover["worker_id"].n_unique())
    return group


def _worker(row: Row, person: Row | None, cases: int, days_lost: Decimal, on: date) -> etree._Element:
    worker = etree.Element("CSWWWorker")
    agency = (row["employment"] or "").lower() == "agency"
    ended = row["to_on"] - DAY if row["to_on"] else None
    left = ended is not None and ended <= on
    _add(worker, "AgencyWorker", "1" if agency else "0")
    _add(worker, "SWENo", person["registration_no"] if person else None)
    _add(worker, "FTE", f"{0 if left else float(row['fte'] or 0):.6f}")
    if not agency:
        _add(worker, "OrgRole", row["role_class"])
        _add(worker, "RoleStartDate", row["from_on"])
        _add(worker, "StartOrigin", row["start_origin"])
    if left:
        _add(worker, "RoleEndDate", ended)
        _add(worker, "LeaverDestination", row["leaving_destination"])
        _add(worker, "ReasonLeave", row["leaving_reason"])
    else:
        _add(worker, "Cases30", cases)
    if not agency:
        _add(worker, "WorkingDaysLost", days_lost)
    return worker
