-- measure: cp-seen-4-weeks
-- title: Children on a plan seen in four weeks
-- says: Of the children on a child protection plan on the day, the share seen on a visit under the plan in the last
--   28 days.
-- numerator: Those of them seen, alone or not, on a visit under the plan on the day or in the 28 days before
-- denominator: Children with a child protection plan in force on the day
-- exclusions: Visits at which the child was not seen, or of which nobody recorded whether
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 7, as the sector
--   reads it
-- edition: framework from 2018
-- catalogue: cp-seen-4-weeks
-- needs: cp_plans, cp_visits
-- small_numbers: children
-- unconfirmed: Exact bands in the sector tool not confirmed.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {cp_plans} p
union all
select 'numerator', v.child_id, v.child_id, v.happened_on, w.until
from {visit} v
join {within 28 days} w on w.day = v.happened_on
where v.kind = 'cp' and v.outcome in ('seen', 'seen alone')
