-- measure: plans-repeated
-- title: Second or later child protection plans
-- says: Of the child protection plans that began in the 12 months that end with the day, the share for a child who had
--   had a plan of this council before, however long ago. Ask at 31 March for the published year.
-- numerator: Those of them for a child with an earlier plan
-- denominator: Plans begun in the 12 months
-- exclusions: Plans of another council; earlier plans that the record does not hold
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 15
-- edition: 2025 release
-- catalogue: cpp-repeat
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.cp_plan_id as subject_id, p.child_id, p.from_on, y.until as to_on
from {own_plan} p
join {past 12 months} y on y.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, p.from_on, y.until
from {own_plan} p
join {past 12 months} y on y.day = p.from_on
where p.number > 1
