-- measure: cla-three-or-more-workers
-- title: Looked after children with three or more social workers in the year
-- says: Of the children looked after on the day, the share who had three or more different social workers in the
--   12 months that end with it, before care too; the main worker is the lead, or the accountable worker where
--   nobody leads.
-- numerator: Those of them with three or more different main workers in the 12 months; one who comes back is not
--   counted again
-- denominator: Children looked after on the day
-- exclusions: Short breaks
-- period: the 12 months that end with the day; ask at 31 March for the published year
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Stability measures for children looked after in England, official statistics in development (DfE)
-- edition: 2024
-- catalogue: cla-sw-3plus
-- needs: cla_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {care_stay} s
union all
select 'numerator', child_id, child_id, from_on, to_on
from {workers_in_year} w
where at_once >= 3
