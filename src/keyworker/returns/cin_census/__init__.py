"""The children in need census: one XML message for one collection year.

Source  the element order and rules of the census, held as facts in the vocabulary's layouts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from lxml import etree

from keyworker.returns.cin_census.children import Children
from keyworker.returns.cin_census.episodes import Known
from keyworker.returns.cin_census.factors import factor_codes
from keyworker.returns.cin_census.parts import Episodes, gathered_rows
from keyworker.returns.elements import add, in_order
from keyworker.returns.reconciliation import Reconciliation
from keyworker.returns.year import Year, census_year

__all__ = ["Year", "census_year", "factor_codes", "write"]


def write(frames: Mapping[str, pl.DataFrame], at: date, out: Path, authority: str) -> Reconciliation:
    """Write the census of the newest year that has ended by `at`."""
    year = census_year(at)
    episodes = Episodes.of(frames, year)
    children = Children.of(frames, year, episodes.chosen["child_id"])
    known = Known.of(frames, year, episodes)
    with etree.xmlfile(str(out / f"cin_census_{year.ends}.xml"), encoding="utf-8") as target:
        target.write_declaration()
        with target.element("Message"):
            target.write(_header(year, authority, at), pretty_print=True)
            with target.element("Children"):
                for child_id, rows in sorted(gathered_rows(episodes.chosen, "child_id").items(), key=str):
                    person = children.people[str(child_id)]
                    child = etree.Element("Child")
                    child.append(children.identifiers(year, person))
                    child.append(children.characteristics(year, person))
                    child.extend(in_order([known.details(row) for row in rows]))
                    target.write(child, pretty_print=True)
    return Reconciliation(lines=[*children.lines, episodes.line, *known.lines])


def _header(year: Year, authority: str, at: date) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    add(details, "Collection", "CIN")
    add(details, "Year", year.ends)
    add(details, "ReferenceDate", year.last)
    source = etree.SubElement(header, "Source")
    add(source, "SourceLevel", "L")
    add(source, "LEA", authority)
    add(source, "SoftwareCode", "Keyworker")
    add(source, "SerialNo", "001")
    add(source, "DateTime", f"{at}T00:00:00")
    return header
