-- measure: cin-visits-in-time
-- title: Child in need visits in time
-- says: Of the children who had been in need, under a plan, for longer than the interval between visits, the share
--   whose last visit at which they were seen lies within it. The interval is the council's, not that of the child's
--   own plan.
-- numerator: Those of them whose next visit was not yet overdue on the day
-- denominator: Children with a child in need plan on the day, from the day after the first visit was due
-- exclusions: Visits at which the child was not seen; a plan left open beside a child protection plan or a time in
--   care
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 6
-- edition: framework from 2018
-- catalogue: cin-visits-in-time
-- needs: cin_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.child_id as subject_id, a.child_id, a.from_on, a.to_on
from {cin_visits_asked} a
union all
select 'numerator', r.child_id, r.child_id, r.started_on, r.due_on + 1
from {readings cin-visit} r
where r.again = 'yes' and r.due_on is not null
