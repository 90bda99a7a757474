"""The eleven lists: what each holds, and the question that fills it.

Each question is SQL over the described tables (`to_on` exclusive) and the views of `views.py`. `$at` is the day
of the return, `$six` and `$twelve` the days six and twelve months before it. Columns come in the order of the list.
"""

from __future__ import annotations

from dataclasses import dataclass

WHO = 'w.child_id as "Child Unique ID", w.gender as "Gender", w.ethnicity as "Ethnicity", w.birth_on as "Date of Birth", w.age as "Age of Child (Years)"'
DISABLED = 'w.disabled as "Does the Child have a Disability"'


def _held(over: str) -> str:
    """Who holds a child; of a row that is over, who held it last."""
    return (
        f'case when {over} then coalesce(h.team, o.team) else h.team end as "Allocated Team", '
        f'case when {over} then coalesce(h.worker, o.worker) else h.worker end as "Allocated Worker"'
    )


BY = "left join held h using (child_id) left join held_last o using (child_id)"


@dataclass(frozen=True)
class AnnexList:
    """One list. `source` is the table whose rows it is drawn from; `scope` says which of them belong, `order` the column
    by which the rows stand; those that share it stand in the order of what they say, never of a source's numbers.
    """

    number: int
    title: str
    source: str
    scope: str
    order: str
    question: str


CONTACTS = AnnexList(
    1,
    "Contacts",
    "contacts",
    "received in the six months before",
    "Date of Contact",
    f"""
    select {WHO}, c.happened_on as "Date of Contact", as_source(c.source_code) as "Contact Source"
    from contacts c join who w using (child_id)
    where c.happened_on > $six and c.happened_on <= $at
    """,
)

EARLY_HELP = AnnexList(
    2,
    "Early help assessments",
    "early_help_episodes",
    "begun, going on or ended in the six months before",
    "Assessment start date",
    f"""
    select {WHO}, e.from_on as "Assessment start date", e.to_on - 1 as "Assessment completion date",
           e.organisation as "Organisation completing assessment"
    from early_help_episodes e join who w using (child_id)
    where e.from_on <= $at and (e.to_on is null or e.to_on - 1 > $six)
    """,
)

REFERRALS = AnnexList(
    3,
    "Referrals",
    "cin_episodes",
    "received in the six months before",
    "Date of referral",
    f"""
    select {WHO}, e.from_on as "Date of referral", as_source(e.referral_source_code) as "Referral Source",
           case when e.referral_nfa then 'a) Yes' when not e.referral_nfa then 'b) No' end as "Referral NFA?",
           (select count(*) from cin_episodes b where b.child_id = e.child_id
              and b.from_on < e.from_on and b.from_on >= e.from_on - interval 12 month)
             as "Number of Referrals in Last 12 Months",
           t.name as "Allocated Team", p.name as "Allocated Worker"
    from cin_episodes e join who w using (child_id)
      left join team_name t on t.team_id = e.team_id left join professionals p on p.worker_id = e.worker_id
    where e.from_on > $six and e.from_on <= $at
    """,
)

ASSESSMENTS = AnnexList(
    4,
    "Assessments",
    "cin_assessments",
    "open, or authorised in the six months before",
    "Continuous Assessment Start Date",
    f"""
    select {WHO}, {DISABLED}, a.from_on as "Continuous Assessment Start Date",
           yes_no_unknown(a.child_seen) as "Child Seen During Continuous Assessment",
           a.to_on - 1 as "Continuous Assessment Date of Authorisation",
           case when a.outcome_nfa then 'b) No' when not a.outcome_nfa then 'a) Yes' end
             as "Was the child assessed as requiring LA children's social care support?",
           t.name as "Allocated Team", p.name as "Allocated Worker"
    from cin_assessments a join who w using (child_id)
      left join team_name t on t.team_id = a.team_id left join professionals p on p.worker_id = a.worker_id
    where a.from_on <= $at and (a.to_on is null or a.to_on - 1 > $six)
    """,
)

ENQUIRIES = AnnexList(
    5,
    "Section 47 enquiries and initial child protection conferences",
    "s47_enquiry",
    "begun in the six months before, or open",
    "Strategy discussion initiating Section 47 Enquiry Start Date",
    f"""
    select {WHO}, {DISABLED},
           e.from_on as "Strategy discussion initiating Section 47 Enquiry Start Date",
           case when c.icpc_id is not null then 'b) No' when unneeded(e.nfa, e.to_on, e.outcome_json) then 'a) Yes'
             when not e.nfa then 'b) No' end
             as "Was an Initial Child Protection Conference deemed unnecessary?",
           c.happened_on as "Date of Initial Child Protection Conference",
           case when c.happened_on is not null then yes_no_unknown(c.outcome_cp_flag) end as "Did the Initial Child Protection Conference Result in a Child Protection Plan",
           (select count(*) from s47_enquiry b where b.child_id = e.child_id
              and b.from_on < e.from_on and b.from_on >= e.from_on - interval 12 month)
             as "Number of Section 47 Enquiries in the last 12 months",
           (select count(*) from initial_cp_conference b where b.child_id = e.child_id
              and b.happened_on < e.from_on and b.happened_on >= e.from_on - interval 12 month)
             as "Number of ICPCs in the last 12 months",
           t.name as "Allocated Team", p.name as "Allocated Worker"
    from s47_enquiry e join who w using (child_id)
      left join (select distinct on (s47_enquiry_id) * from initial_cp_conference
                 where s47_enquiry_id is not null order by s47_enquiry_id, happened_on, icpc_id) c
        on c.s47_enquiry_id = e.s47_enquiry_id
      left join team_name t on t.team_id = e.team_id left join professionals p on p.worker_id = e.worker_id
    where e.from_on <= $at and (e.from_on > $six or e.to_on is null)
    """,
)

IN_NEED = AnnexList(
    6,
    "Children in need",
    "cin_episodes",
    "the latest episode of each child, open or closed in the six months before, with more than a referral",
    "CIN Start Date",
    f"""
    select {WHO}, {DISABLED}, e.from_on as "CIN Start Date", as_need(e.primary_need_code) as "Primary Need Code",
           v.last_seen_on as "Date Child Was Last Seen", e.to_on - 1 as "CIN Closure Date",
           case when e.to_on is not null then as_closure(e.close_reason) end as "Reason for Closure",
           s.case_status as "Case Status", {_held("e.to_on is not null")}
    from latest_episode e join who w using (child_id) join case_status s using (child_id)
      left join last_visit v using (child_id) {BY}
    where e.more_than_a_referral
      and not (s.case_status = 'e) Closed episode' and e.child_id in (select child_id from care_leavers))
    """,
)

PROTECTION = AnnexList(
    7,
    "Child protection",
    "cp_plans",
    "the latest plan of each child, going on or ended in the six months before; not another council's plan",
    "Child Protection Plan Start Date",
    f"""
    select {WHO}, {DISABLED}, c.from_on as "Child Protection Plan Start Date",
           as_abuse(c.initial_category) as "Initial Category of Abuse",
           as_abuse(c.latest_category) as "Latest Category of Abuse",
           v.happened_on as "Date of the Last Statutory Visit",
           case when v.happened_on is not null then yes_no_unknown(v.seen_alone) end as "Was the Child Seen Alone?",
           (select max(r.happened_on) from cp_reviews r where r.cp_plan_id = c.cp_plan_id)
             as "Date of latest review conference",
           c.to_on - 1 as "Child Protection Plan End Date",
           case when exists (select 1 from legal_status l where l.child_id = c.child_id and l.legal_status in ('L1', 'L2')
                  and (l.to_on is null or l.to_on - 1 > $six)) then 'a) Yes' else 'b) No' end
             as "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
           (select count(*) from cp_plans b where b.child_id = c.child_id and b.from_on < c.from_on
              and not coalesce(b.from_other_authority, false))
             as "Number of Previous Child Protection Plans", {_held("c.to_on is not null")}
    from latest_plan c join who w using (child_id)
      left join last_protection_visit v using (child_id) {BY}
    """,
)

LOOKED_AFTER = AnnexList(
    8,
    "Children in care",
    "cla_episodes",
    "the latest period of care of each child, going on or ended in the six months before; not a series of short breaks",
    "Date Started to be Looked After",
    f"""
    select {WHO}, yes_no(u.child_id is not null)
             as "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", {DISABLED},
           c.started_on as "Date Started to be Looked After", as_need(c.primary_need_code) as "Child's Category of Need",
           yes_no(exists (select 1 from care_period b where b.child_id = c.child_id and b.started_on < c.started_on
                  and b.ceased_on > $twelve))
             as "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
           coalesce(l.from_on, c.episode_on) as "Start date of current legal status",
           as_legal_status(l.legal_status) as "Child's Legal Status",
           r.reviewed_on as "Date of Latest Statutory Review", v.happened_on as "Date of Last Social Work Visit",
           as_plan(plan_code(p.cla_care_plan_json)) as "What is the permanence plan for this child?",
           c.last_iro_contact_on as "Date of Last IRO Visit / Contact to the Child",
           k.health_on as "Date of Last Health Assessment", k.dental_on as "Date of Last Dental Check",
           (select count(*) from cla_placement b where b.child_id = c.child_id
              and (b.to_on is null or b.to_on - 1 > $twelve)) as "Number of Placements in the Last 12 months",
           c.ceased_on as "Date Ceased to be Looked After", as_ceased(c.episode_ceased_reason) as "Reason Ceased to be Looked After",
           b.from_on as "Start Date of Most Recent Placement", as_placement(b.type) as "Placement Type",
           as_provider(b.provider) as "Placement Provider",
           b.postcode as "Placement postcode", b.urn as "URN of Placement",
           null as "Placement Location", null as "LA of Placement",
           coalesce(m.missing, 0) as "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
           coalesce(m.absent, 0) as "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
           as_interview(m.offered) as "Was the child offered a Return Interview after their last missing episode (Y/N)?",
           as_interview(m.accepted) as "Did the child accept a Return Interview after their last missing episode (Y/N)?",
           {_held("c.ceased_on is not null")}
    from latest_care c join who w using (child_id)
      left join unaccompanied u using (child_id) left join latest_legal_status l using (child_id)
      left join last_care_review r using (child_id) left join last_care_visit v using (child_id)
      left join latest_care_plan p using (child_id) left join last_health k using (child_id)
      left join latest_placement b using (child_id) left join missing_year m using (child_id)
      {BY}
    """,
)

CARE_LEAVERS = AnnexList(
    9,
    "Leaving care services",
    "care_leavers",
    "everyone with an entitlement on the day",
    "Child Unique ID",
    f"""
    select {WHO}, yes_no(u.child_id is not null)
             as "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)", {DISABLED},
           coalesce(t.name, h.team) as "Allocated Team", coalesce(p.name, h.worker) as "Allocated Worker",
           coalesce(a.name, c.personal_adviser) as "Allocated Personal Advisor", as_eligibility(c.eligibility) as "Eligibility Category",
           c.pathway_plan_reviewed_on as "Latest Pathway Plan Review Date", as_in_touch(c.in_touch) as "LA in Touch",
           c.latest_contact_on as "Latest Date of Contact", as_accommodation(c.accommodation) as "Type of Accommodation",
           as_suitability(c.accom_suitable) as "Suitability of Accommodation", as_activity(c.activity) as "Activity Status"
    from care_leavers c join who w using (child_id)
      left join ever_unaccompanied u using (child_id) left join held h using (child_id)
      left join team_name t on t.team_id = c.team_id left join professionals p on p.worker_id = c.worker_id
      left join professionals a on a.worker_id = c.personal_adviser
    where lower(coalesce(c.eligibility, '')) <> 'no current eligibility'
    """,
)

ADOPTION = AnnexList(
    10,
    "Adoption",
    "permanence",
    "adopted or reversed in the twelve months before, or with a decision still open",
    "Date of Decision that Child Should be Placed for Adoption",
    f"""
    select w.child_id as "Child Unique ID", null as "Family identifier", w.gender as "Gender", w.ethnicity as "Ethnicity",
           w.birth_on as "Date of Birth", w.age as "Age of Child (Years)", {DISABLED},
           (select min(c.started_on) from care_period c where c.child_id = p.child_id
              and (p.care_period_id is null or c.care_period_id = p.care_period_id)) as "Date the Child Entered Care",
           p.adm_decision_on as "Date of Decision that Child Should be Placed for Adoption",
           p.placement_order_on as "Date of Placement Order",
           p.matched_on as "Date of Matching Child and Prospective Adopters",
           p.placed_for_adoption_on as "Date Placed for Adoption",
           case when lower(p.permanence_order_type) like '%adopt%' then p.permanence_order_on end as "Date of Adoption Order",
           p.decision_reversed_on as "Date of Decision that Child Should No Longer be Placed for Adoption",
           as_reversed(p.decision_reversed_reason) as "Reason Why Child No Longer Placed for Adoption",
           p.placed_ffa_cp_on as "Date the child was placed for fostering in FFA or concurrent planning placement"
    from permanence p join who w using (child_id)
    where p.adm_decision_on <= $at
      and (p.decision_reversed_on is null or p.decision_reversed_on > $twelve)
      and (p.permanence_order_on is null or p.permanence_order_on > $twelve)
    """,
)

# Adopters are people whom no extract holds; the sheet is there, empty, and the reconciliation says so.
ADOPTERS = AnnexList(
    11,
    "Adopters",
    "",
    "no extract holds adopters; many are held by a regional adoption agency",
    "Individual adopter identifier",
    """
    select null as "Individual adopter identifier", null as "Family identifier", null as "Gender", null as "Ethnicity",
           null as "Disability", null as "Is the (prospective) adopter fostering for adoption?",
           null as "Date enquiry received", null as "Date Stage 1 started", null as "Date Stage 1 ended",
           null as "Date Stage 2 started", null as "Date Stage 2 ended", null as "Date application submitted",
           null as "Date application approved", null as "Date adopter matched with child(ren)",
           null as "Date child/children placed with adopter(s)", null as "No. of children placed",
           null as "Date of Adoption Order", null as "Date of leaving adoption process",
           null as "Reason for leaving adoption process"
    where false
    """,
)

LISTS = (
    CONTACTS,
    EARLY_HELP,
    REFERRALS,
    ASSESSMENTS,
    ENQUIRIES,
    IN_NEED,
    PROTECTION,
    LOOKED_AFTER,
    CARE_LEAVERS,
    ADOPTION,
    ADOPTERS,
)
