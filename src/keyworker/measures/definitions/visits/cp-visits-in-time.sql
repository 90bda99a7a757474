-- measure: cp-visits-in-time
-- title: Child protection visits in time
-- says: Of the children who had been on a child protection plan for longer than the interval between visits, the
--   share whose last visit at which they were seen lies within it. The interval is the council's, not that of the
--   child's own plan.
-- numerator: Those of them whose next visit was not yet overdue on the day
-- denominator: Children on a plan on the day, from the day after the first visit was due
-- exclusions: Visits at which the child was not seen, or of which nobody recorded whether
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 7
-- edition: framework from 2018
-- catalogue: cp-visits-in-time
-- needs: cp_plans, cp_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.child_id as subject_id, p.child_id, r.due_on + 1 as from_on, p.to_on
from {cp_plans} p
join {readings cp-visit} r on r.child_id = p.child_id and r.started_on = p.from_on and r.again = 'no'
where p.to_on is null or p.to_on > p.from_on
union all
select 'numerator', r.child_id, r.child_id, r.started_on, r.due_on + 1
from {readings cp-visit} r
where r.again = 'yes' and r.due_on is not null
