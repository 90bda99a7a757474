-- measure: plans-ended-two-years
-- title: Ended child protection plans of two years or more
-- says: Of the child protection plans that ended in the 12 months that end with the day, the share that had run for two
--   years or more. Ask at 31 March for the published year.
-- numerator: Those of them that ran for more than 729 days, the first and the last counted
-- denominator: Plans that ended in the 12 months
-- exclusions: Plans of another council for a child who lives here for a time
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 98
-- edition: 2025 release
-- catalogue: cpp-two-years-ended
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.cp_plan_id as subject_id, p.child_id, p.ended_on as from_on, y.until as to_on
from {own_plan} p
join {past 12 months} y on y.day = p.ended_on
union all
select 'numerator', p.cp_plan_id, p.child_id, p.ended_on, y.until
from {own_plan} p
join {past 12 months} y on y.day = p.ended_on
where p.ended_on >= p.two_years_on
