"""The children in need census: one XML message for one collection year.

Source  the element order and rules of the census, held as facts in the manual's page on the format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from keyworker.returns.gathering import Row, gathered, last_day, overlaps
from keyworker.returns.reconciliation import Line, Reconciliation

Frames = Mapping[str, pl.DataFrame]

SEX_SINCE = 2025  # the census year in which Sex replaced GenderCurrent
PLANS_SINCE = 2022
_GENDER = {"M": "1", "F": "2", "U": "0", "1": "1", "2": "2", "0": "0", "9": "9"}
_SEX = {"1": "M", "2": "F", "0": "U", "9": "U", "M": "M", "F": "F", "U": "U"}
_CODE = re.compile(r"\b(?:1[0-9]|2[0-9]|[1-9])[A-Z]?\b")


@dataclass(frozen=True)
class Year:
    """A census year, named by the year in which it ends on 31 March."""

    ends: int

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.ends - 1, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.ends, 3, 31)

    def held(self, on: date | None) -> date | None:
        """A day if it lies in or before the year; what comes after the year is not yet known to it."""
        return on if on and on <= self.last else None


def census_year(at: date) -> Year:
    """The newest census year that has ended by a day, or the one still running when none has."""
    return Year(at.year if at >= date(at.year, 3, 31) else at.year - 1)


def write(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:
    """Write the census of the newest year that has ended by `at`."""
    year = census_year(at)
    known = _Known.of(frames)
    sheet = Reconciliation()
    rows_in, rows_out = 0, 0
    left = {"episode is not of this census year": 0, "no such child in the record": 0}
    with etree.xmlfile(str(out / f"cin_census_{year.ends}.xml"), encoding="utf-8") as target:
        target.write_declaration()
        with target.element("Message"):
            target.write(_header(year, authority, at), pretty_print=True)
            with target.element("Children"):
                for child_id, episodes in sorted(known.episodes.items()):
                    rows_in += len(episodes)
                    of_year = [row for row in episodes if overlaps(row, year.first, year.last)]
                    left["episode is not of this census year"] += len(episodes) - len(of_year)
                    if child_id not in known.people:
                        left["no such child in the record"] += len(of_year)
                    elif of_year:
                        target.write(_child(known, year, known.people[child_id][0], of_year), pretty_print=True)
                        rows_out += len(of_year)
    sheet.lines.append(Line("CINdetails", rows_in, rows_out, left_out={why: n for why, n in left.items() if n}))
    return sheet


@dataclass(frozen=True)
class _Known:
    people: dict[str, list[Row]]
    episodes: dict[str, list[Row]]
    disabilities: dict[str, list[Row]]
    identifiers: dict[str, list[Row]]
    assessments: dict[str, list[Row]]
    factors: dict[str, list[Row]]
    plans: dict[str, list[Row]]
    enquiries: dict[str, list[Row]]
    conferences: dict[str, list[Row]]
    protection: dict[str, list[Row]]
    reviews: dict[str, list[Row]]

    @classmethod
    def of(cls, frames: Frames) -> _Known:
        return cls(
            people=gathered(frames, "person", "child_id"),
            episodes=gathered(frames, "cin_episodes", "child_id", order="from_on"),
            disabilities=gathered(frames, "disability", "child_id", order="disability_code"),
            identifiers=gathered(frames, "linked_identifiers", "child_id"),
            assessments=gathered(frames, "cin_assessments", "referral_id", order="from_on"),
            factors=gathered(frames, "assessment_factors", "assessment_id"),
            plans=gathered(frames, "cin_plans", "referral_id", order="from_on"),
            enquiries=gathered(frames, "s47_enquiry", "referral_id", order="from_on"),
            conferences=gathered(frames, "initial_cp_conference", "s47_enquiry_id", order="happened_on"),
            protection=gathered(frames, "cp_plans", "child_id", order="from_on"),
            reviews=gathered(frames, "cp_reviews", "cp_plan_id", order="happened_on"),
        )


def _add(parent: etree._Element, name: str, value: Any) -> None:
    if value is None or value == "":
        return
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    etree.SubElement(parent, name).text = text


def _header(year: Year, authority: str, at: date) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    _add(details, "Collection", "CIN")
    _add(details, "Year", year.ends)
    _add(details, "ReferenceDate", year.last)
    source = etree.SubElement(header, "Source")
    _add(source, "SourceLevel", "L")
    _add(source, "LEA", authority)
    _add(source, "SoftwareCode", "Keyworker")
    _add(source, "SerialNo", "001")
    _add(source, "DateTime", f"{at}T00:00:00")
    return header


def _child(known: _Known, year: Year, person: Row, episodes: Iterable[Row]) -> etree._Element:
    child = etree.Element("Child")
    child.append(_identifiers(known, year, person))
    traits = etree.SubElement(child, "ChildCharacteristics")
    _add(traits, "Ethnicity", person["ethnicity"])
    codes = [row["disability_code"] for row in known.disabilities.get(person["child_id"], [])]
    if codes:
        group = etree.SubElement(traits, "Disabilities")
        for code in codes:
            _add(group, "Disability", code)
    rest = list(episodes)
    for position, episode in enumerate(rest):
        until = rest[position + 1]["from_on"] if position + 1 < len(rest) else None
        child.append(_details(known, year, episode, until))
    return child


def _identifiers(known: _Known, year: Year, person: Row) -> etree._Element:
    group = etree.Element("ChildIdentifiers")
    _add(group, "LAchildID", person["child_id"])
    others = {
        row["identifier_type"].strip().lower(): row["identifier_value"]
        for row in known.identifiers.get(person["child_id"], [])
        if row["identifier_type"]
    }
    upn = next((value for kind, value in others.items() if kind in {"upn", "unique pupil number"}), None)
    former = next((value for kind, value in others.items() if kind.replace("_", " ").startswith("former u")), None)
    _add(group, "UPN", upn)
    _add(group, "FormerUPN", former)
    _add(group, "UPNunknown", None if upn else person["upn_unknown"])
    _add(group, "PersonBirthDate", year.held(person["birth_on"]))
    if year.held(person["birth_on"]) is None:
        _add(group, "ExpectedPersonBirthDate", person["expected_birth_on"])
    said = (person["sex"] or person["gender"] or "U").strip()[:1].upper()
    if year.ends >= SEX_SINCE:
        _add(group, "Sex", _SEX.get(said, "U"))
    else:
        _add(group, "GenderCurrent", _GENDER.get(said, "0"))
    _add(group, "PersonDeathDate", year.held(person["died_on"]))
    return group


def _details(known: _Known, year: Year, episode: Row, until: date | None) -> etree._Element:
    details = etree.Element("CINdetails")
    _add(details, "CINreferralDate", episode["from_on"])
    _add(details, "ReferralSource", episode["referral_source_code"])
    _add(details, "PrimaryNeedCode", episode["primary_need_code"])
    closed = year.held(last_day(episode))
    _add(details, "CINclosureDate", closed)
    _add(details, "ReasonForClosure", episode["close_reason"] if closed else None)
    referral = episode["referral_id"]
    for assessment in known.assessments.get(referral, []):
        if assessment["from_on"] <= year.last:
            details.append(_assessment(known, year, assessment))
    for plan in known.plans.get(referral, []) if year.ends >= PLANS_SINCE else []:
        if overlaps(plan, year.first, year.last):
            group = etree.SubElement(details, "CINPlanDates")
            _add(group, "CINPlanStartDate", plan["from_on"])
            _add(group, "CINPlanEndDate", year.held(last_day(plan)))
    for enquiry in known.enquiries.get(referral, []):
        if enquiry["from_on"] <= year.last:
            details.append(_enquiry(known, year, enquiry))
    _add(details, "ReferralNFA", bool(episode["referral_nfa"]))
    for order, plan in enumerate(known.protection.get(episode["child_id"], [])):
        if _belongs(plan, episode, until) and overlaps(plan, year.first, year.last):
            details.append(_protection(known, year, plan, order))
    return details


def _belongs(plan: Row, episode: Row, until: date | None) -> bool:
    if plan["referral_id"]:
        return bool(plan["referral_id"] == episode["referral_id"])
    return bool(plan["from_on"] >= episode["from_on"] and (until is None or plan["from_on"] < until))


def _assessment(known: _Known, year: Year, assessment: Row) -> etree._Element:
    group = etree.Element("Assessments")
    _add(group, "AssessmentActualStartDate", assessment["from_on"])
    authorised = year.held(last_day(assessment))
    _add(group, "AssessmentAuthorisationDate", authorised)
    rows = known.factors.get(assessment["assessment_id"], []) if authorised else []
    found = sorted({code for row in rows for code in factor_codes(row["assessment_factors_json"])})
    if found:
        factors = etree.SubElement(group, "FactorsIdentifiedAtAssessment")
        for code in found:
            _add(factors, "AssessmentFactors", code)
    return group


def factor_codes(said: str | None) -> list[str]:
    """The factor codes in a source's list: a JSON list, a JSON object of flags, or codes between commas."""
    if not said:
        return []
    try:
        value = json.loads(said)
    except ValueError:
        value = said
    if isinstance(value, dict):
        value = [name for name, flag in value.items() if str(flag).strip().lower() in {"y", "yes", "true", "1"}]
    return _CODE.findall(" ".join(map(str, value)) if isinstance(value, list) else str(value))


def _enquiry(known: _Known, year: Year, enquiry: Row) -> etree._Element:
    group = etree.Element("Section47")
    _add(group, "S47ActualStartDate", enquiry["from_on"])
    held = known.conferences.get(enquiry["s47_enquiry_id"], [])
    _add(group, "InitialCPCtarget", held[0]["target_on"] if held else None)
    conference = year.held(held[0]["happened_on"]) if held else None
    _add(group, "DateOfInitialCPC", conference)
    _add(group, "ICPCnotRequired", bool(enquiry["nfa"]) and not held)
    return group


def _protection(known: _Known, year: Year, plan: Row, previous: int) -> etree._Element:
    group = etree.Element("ChildProtectionPlans")
    _add(group, "CPPstartDate", plan["from_on"])
    _add(group, "CPPendDate", year.held(last_day(plan)))
    _add(group, "InitialCategoryOfAbuse", plan["initial_category"])
    _add(group, "LatestCategoryOfAbuse", plan["latest_category"])
    _add(group, "NumberOfPreviousCPP", previous)
    reviews = [
        row["happened_on"]
        for row in known.reviews.get(plan["cp_plan_id"], [])
        if row["happened_on"] and row["happened_on"] <= year.last
    ]
    if reviews:
        dates = etree.SubElement(group, "Reviews")
        for on in reviews:
            _add(dates, "CPPreviewDate", on)
    return group
