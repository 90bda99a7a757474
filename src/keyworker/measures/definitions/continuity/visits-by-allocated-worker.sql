-- measure: visits-by-allocated-worker
-- title: Visits by the allocated worker
-- says: Of the visits made in the 12 months that end with the day, the share made by the worker who was the
--   child's main worker on the day of the visit; the main worker is the lead, or the accountable worker where
--   nobody leads.
-- numerator: Those of them made by the child's main worker
-- denominator: Visits made, the child seen or not, of which the record says who made them
-- exclusions: Visits called off or to which nobody came to the door; visits without a worker: a duty worker is a
--   different person
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, v.visit as subject_id, v.child_id, v.happened_on as from_on, y.until as to_on
from {visit_made} v
join {past 12 months} y on y.day = v.happened_on
where v.worker_id is not null
union all
select 'numerator', v.visit, v.child_id, v.happened_on, y.until
from {visit_of_main_worker} v
join {past 12 months} y on y.day = v.happened_on
where v.worker_id = v.main_worker_id
