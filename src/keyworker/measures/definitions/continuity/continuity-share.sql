-- measure: continuity-share
-- title: Continuity share
-- says: Of the days on which children were open in 12 months, the share on which each was with the worker who held
--   them longest in those months; the main worker is the lead, or the accountable worker where nobody leads.
-- numerator: Days with the main worker who held the child on most days
-- denominator: Days on which the child was open, with a worker or without
-- exclusions: none
-- period: the 12 months that end with the last month's end on or before the day
-- looks_back: 12 months
-- unit: percent
-- counts: ratio
-- belongs_to: child
-- better: higher
-- source: Stability Index for children in care (Children's Commissioner for England); usual provider continuity
--   over days
-- edition: 1, in force from the first release
-- catalogue: sw-continuity-share
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: Research-style measure; no official definition.
select 'denominator' as part, child_id as subject_id, child_id, open_days as weight, from_on, to_on
from {child_year} d
union all
select 'numerator', child_id, child_id, longest_days, from_on, to_on
from {child_year} n
