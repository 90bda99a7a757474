-- measure: cp-seen-20-working-days
-- title: Children on a child protection plan seen within 20 working days
-- says: Of the children on a child protection plan on the day, the share who had been seen on a visit of any kind
--   within the 20 working days before it.
-- numerator: Those of them seen, alone or not, on a visit in the 20 working days up to and with the day
-- denominator: Children with a child protection plan in force on the day
-- exclusions: Visits at which the child was not seen, or of which nobody recorded whether
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Keyworker; 20 working days is a usual local interval and no law
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cp_plans, cp_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {cp_plans} p
union all
select 'numerator', v.child_id, v.child_id, v.happened_on, w.until
from {visit} v
join {within 20 working days} w on w.day = v.happened_on
where v.outcome in ('seen', 'seen alone')
