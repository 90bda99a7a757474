-- measure: plans-repeated-12-months
-- title: Repeat child protection plans within 12 months
-- says: Of the child protection plans that began in the 12 months that end with the day, the share for a child whose
--   plan before had ended less than 12 months earlier.
-- numerator: Those of them begun before 12 months had passed since the plan before ended
-- denominator: Plans begun in the 12 months
-- exclusions: Plans of another council for a child who lives here for a time
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Planned item of the national dashboard, with no published data
-- edition: 1, in force from the first release
-- catalogue: none
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
join {own_plan} o on o.child_id = p.child_id and o.number = p.number - 1
join {past 12 months} b on b.day = o.ended_on
where o.ended_on <= p.from_on and p.from_on < b.until
