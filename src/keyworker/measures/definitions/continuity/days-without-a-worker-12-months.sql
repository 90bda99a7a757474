-- measure: days-without-a-worker-12-months
-- title: Share of days without a worker
-- says: Of the days on which children were open in 12 months, the share on which a child had neither a lead nor an
--   accountable worker.
-- numerator: Open days on which nobody held the child
-- denominator: Days on which the child was open
-- exclusions: none
-- period: the 12 months that end with the last month's end on or before the day
-- looks_back: 12 months
-- unit: percent
-- counts: ratio
-- belongs_to: child
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, open_days as weight, from_on, to_on
from {child_year} d
union all
select 'numerator', child_id, child_id, open_days - held_days, from_on, to_on
from {child_year} n
