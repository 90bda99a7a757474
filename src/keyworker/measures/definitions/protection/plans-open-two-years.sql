-- measure: plans-open-two-years
-- title: Open child protection plans of two years or more
-- says: Of the child protection plans open at the end of the day, the share that had run for two years or more.
-- numerator: Those of them that have run for more than 729 days, the first and the day counted
-- denominator: Plans open at the end of the day
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 264
-- edition: 2025 release
-- catalogue: cpp-two-years-open
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: The data dictionary describes a denominator of plans during the year; the published table uses plans open
--   at 31 March.
select 'denominator' as part, cp_plan_id as subject_id, child_id, from_on, ended_on as to_on from {own_plan} p
union all
select 'numerator', cp_plan_id, child_id, two_years_on, ended_on from {own_plan} p
