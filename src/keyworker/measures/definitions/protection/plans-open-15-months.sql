-- measure: plans-open-15-months
-- title: Open child protection plans of 15 months or more
-- says: Of the child protection plans open at the end of the day, the share that had run for 15 months or more: time
--   to ask what will change before two years.
-- numerator: Those of them begun 15 months or more before
-- denominator: Plans open at the end of the day
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, cp_plan_id as subject_id, child_id, from_on, ended_on as to_on from {own_plan} p
union all
select 'numerator', p.cp_plan_id, p.child_id, w.until, p.ended_on
from {own_plan} p
join {past 15 months} w on w.day = p.from_on
