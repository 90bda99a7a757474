"""What happened in a child's episodes: assessments, plans, enquiries, conferences, protection."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from lxml import etree

from keyworker.returns.cin_census.chosen import (
    below,
    checks,
    conferences_line,
    enquiries,
    numbered,
    reviews,
    reviews_line,
)
from keyworker.returns.cin_census.factors import factor_codes
from keyworker.returns.cin_census.parts import NUMBER, Episodes, Gathered, gathered_rows
from keyworker.returns.elements import add, in_order
from keyworker.returns.gathering import Row, last_day
from keyworker.returns.reconciliation import Line
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.words import abuse_code
from keyworker.returns.year import Year

PLANS_SINCE = 2022


@dataclass(frozen=True)
class Known:
    """What the record holds of the episodes of a census, gathered under what each row belongs to."""

    year: Year
    assessments: Gathered
    checks: dict[str, object]
    factors: Gathered
    plans: Gathered
    enquiries: Gathered
    conferences: Gathered
    transfers: Gathered
    protection: Gathered
    reviews: Gathered
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, frames: Frames, year: Year, episodes: Episodes) -> Known:
        """Choose the rows of the year, and find the episode of each."""
        assessments = episodes.part("Assessments", frame_of(frames, "cin_assessments"), year.overlapped())
        asked = year.overlapped() if year.ends >= PLANS_SINCE else pl.lit(value=False)
        plans = episodes.part("CINPlanDates", frame_of(frames, "cin_plans"), asked)
        held = frame_of(frames, "initial_cp_conference").sort("happened_on", "target_on", "icpc_id", nulls_last=True)
        moved = pl.col("transfer_in").fill_null(pl.col("s47_enquiry_id").is_null())
        followed = held.filter(~moved)
        looked_into = episodes.part("Section47", *enquiries(frames, year, followed))
        transfers = episodes.part(
            "DateOfInitialCPC of a child who moved in", held.filter(moved), year.has("happened_on"), "happened_on"
        )
        protection = episodes.part(
            "ChildProtectionPlans",
            numbered(frame_of(frames, "cp_plans")),
            year.overlapped() & ~pl.col("from_other_authority").fill_null(value=False),
        )
        reviewed = reviews(frames, year, protection.rows)
        return cls(
            year,
            assessments=assessments.by(NUMBER),
            checks=checks(frames, year),
            factors=below(frames, "assessment_factors", "assessment_id", assessments.rows),
            plans=plans.by(NUMBER),
            enquiries=looked_into.by(NUMBER),
            conferences=gathered_rows(followed.filter(pl.col("s47_enquiry_id").is_not_null()), "s47_enquiry_id"),
            transfers=transfers.by(NUMBER),
            protection=protection.by(NUMBER),
            reviews=gathered_rows(reviewed, "cp_plan_id"),
            lines=(
                assessments.line,
                plans.line,
                looked_into.line,
                conferences_line(followed, looked_into.rows),
                transfers.line,
                protection.line,
                reviews_line(frames, reviewed),
            ),
        )

    def details(self, episode: Row) -> etree._Element:
        """One episode, whole."""
        details = etree.Element("CINdetails")
        number = episode[NUMBER]
        closed = self.year.held(last_day(episode))
        add(details, "CINreferralDate", episode["from_on"])
        add(details, "ReferralSource", episode["referral_source_code"])
        add(details, "PrimaryNeedCode", episode["primary_need_code"])
        add(details, "CINclosureDate", closed)
        add(details, "ReasonForClosure", episode["close_reason"] if closed else None)
        moved = [row["happened_on"] for row in self.transfers.get(number, [])]
        add(details, "DateOfInitialCPC", min(moved, default=None))
        details.extend(in_order([self._assessment(row) for row in self.assessments.get(number, [])]))
        details.extend(in_order([self._plan(row) for row in self.plans.get(number, [])]))
        details.extend(in_order([self._enquiry(row) for row in self.enquiries.get(number, [])]))
        add(details, "ReferralNFA", bool(episode["referral_nfa"]))
        details.extend(in_order([self._protection(row) for row in self.protection.get(number, [])]))
        return details

    def _assessment(self, row: Row) -> etree._Element:
        group = etree.Element("Assessments")
        authorised = self.year.held(last_day(row))
        add(group, "AssessmentActualStartDate", row["from_on"])
        add(group, "AssessmentInternalReviewDate", self.checks.get(row["assessment_id"]))
        add(group, "AssessmentAuthorisationDate", authorised)
        said = self.factors.get(row["assessment_id"], []) if authorised else []
        found = sorted({code for one in said for code in factor_codes(one["assessment_factors_json"])})
        if found:
            factors = etree.SubElement(group, "FactorsIdentifiedAtAssessment")
            for code in found:
                add(factors, "AssessmentFactors", code)
        return group

    def _plan(self, row: Row) -> etree._Element:
        group = etree.Element("CINPlanDates")
        add(group, "CINPlanStartDate", row["from_on"])
        add(group, "CINPlanEndDate", self.year.held(last_day(row)))
        return group

    def _enquiry(self, row: Row) -> etree._Element:
        group = etree.Element("Section47")
        held = next(iter(self.conferences.get(row["s47_enquiry_id"], [])), None)
        add(group, "S47ActualStartDate", row["from_on"])
        add(group, "InitialCPCtarget", held["target_on"] if held else None)
        add(group, "DateOfInitialCPC", self.year.held(held["happened_on"]) if held else None)
        # A conference that was held or is awaited was needed, whatever the enquiry says.
        add(group, "ICPCnotRequired", row["@unneeded"])
        return group

    def _protection(self, row: Row) -> etree._Element:
        group = etree.Element("ChildProtectionPlans")
        add(group, "CPPstartDate", row["from_on"])
        add(group, "CPPendDate", self.year.held(last_day(row)))
        add(group, "InitialCategoryOfAbuse", abuse_code(row["initial_category"]))
        add(group, "LatestCategoryOfAbuse", abuse_code(row["latest_category"]))
        add(group, "NumberOfPreviousCPP", row["@previous"])
        days = sorted({review["happened_on"] for review in self.reviews.get(row["cp_plan_id"], [])})
        if days:
            dates = etree.SubElement(group, "Reviews")
            for on in days:
                add(dates, "CPPreviewDate", on)
        return group
