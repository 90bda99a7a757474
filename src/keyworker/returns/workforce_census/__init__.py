"""The children's social work workforce census: one XML message for one 30 September.

Source  the census's published element names, in the order of the vocabulary's layout, and its code sets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from lxml import etree

from keyworker.returns.elements import add
from keyworker.returns.reconciliation import Line, Reconciliation
from keyworker.returns.workforce_census.posts import CensusYear, count_day, totals
from keyworker.returns.workforce_census.workers import Workers
from keyworker.vocabulary.layouts import Record, workforce_census

__all__ = ["count_day", "write"]

WORKER = "Message/CSWWWorker"
TOTALS = ("Message/LALevel", "Message/LALevelVacancies")


def write(frames: Mapping[str, pl.DataFrame], at: date, out: Path, authority: str) -> Reconciliation:
    """Write the census of the newest 30 September: workers in post that day, and leavers of the year before it."""
    year = CensusYear(count_day(at))
    layout = workforce_census(year.on.year)
    message = etree.Element("Message")
    message.append(_header(year.on, authority))
    level = next(layout.record(name) for name in TOTALS if layout.has(name))
    group = _group(level, totals(frames, year.on, authority))
    if len(group):
        message.append(group)
    workers = Workers.of(frames, year)
    everybody = workers.everybody()
    left: Counter[str] = Counter()
    blank: Counter[str] = Counter()
    record = layout.record(WORKER)
    returned: list[etree._Element] = []
    for worker in everybody:
        items = workers.items(worker)
        if isinstance(items, str):
            left[items] += 1
        else:
            returned.append(_group(record, items))
            blank.update(name for name in record.field_names if not items.get(name))
    # In the order of the registration numbers: a source's own numbers of its workers do not decide.
    message.extend(sorted(returned, key=lambda group: (group.findtext("SWENo", ""), etree.tostring(group))))
    path = out / f"social_work_workforce_{year.on.year}.xml"
    etree.ElementTree(message).write(str(path), encoding="utf-8", xml_declaration=True, pretty_print=True)
    return Reconciliation(lines=[Line("CSWWWorker", len(everybody), len(returned), dict(left), dict(blank))])


def _group(record: Record, items: Mapping[str, str | None]) -> etree._Element:
    """A group of the message, its items in the order of the layout."""
    group = etree.Element(record.name.rpartition("/")[2])
    for name in record.field_names:
        add(group, name, items.get(name))
    return group


def _header(on: date, authority: str) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    add(details, "Collection", "CSWW")
    add(details, "Year", on.year)
    add(details, "ReferenceDate", on)
    source = etree.SubElement(header, "Source")
    add(source, "SourceLevel", "L")
    add(source, "LEA", authority)
    add(source, "SoftwareCode", "Keyworker")
    add(source, "DateTime", f"{on}T00:00:00")
    return header
