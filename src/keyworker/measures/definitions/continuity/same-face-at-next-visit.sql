-- measure: same-face-at-next-visit
-- title: Same face at the next visit
-- says: Of the visits made in the 12 months that end with the day that followed another of those months, the share
--   made by the same worker as the visit before: sequential continuity (SECON) over all children's visits together.
-- numerator: Those of them by the worker of the visit before
-- denominator: Visits made, from each child's second in those months on, of which the record says who made them and
--   the one before
-- exclusions: Visits called off or to which nobody came to the door; a first visit; visits without a worker, and
--   those after one. Visits of one day go by their time, then by their number. The average is over visits, so that
--   children who are seen rarely weigh less, and no child is left out for few visits
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Continuity of care indices, SECON; Keyworker's methods page has the formula
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: none
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, visit as subject_id, child_id, v.happened_on as from_on, y.until as to_on
from {visit_in_order} v
join {past 12 months} y on y.day = v.before_on
where v.worker_id is not null and v.worker_before is not null
union all
select 'numerator', visit, child_id, v.happened_on, y.until
from {visit_in_order} v
join {past 12 months} y on y.day = v.before_on
where v.worker_id = v.worker_before
