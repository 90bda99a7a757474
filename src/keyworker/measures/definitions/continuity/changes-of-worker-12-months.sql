-- measure: changes-of-worker-12-months
-- title: Changes of worker in 12 months
-- says: How often the main worker of the children open on the day became somebody else in the 12 months that end with
--   the day, for each of those children.
-- numerator: Changes of main worker in the 12 months, of children open on the day
-- denominator: Children open on the day
-- exclusions: A child's first worker; the same worker again after a pause
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: changes per child
-- counts: each
-- weighs: one
-- belongs_to: child
-- better: lower
-- source: Standard Safeguarding Dataset, involvements; the main worker is the lead, else the accountable worker
-- edition: 1, in force from the first release
-- catalogue: sw-changes-12m
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {open_row} o
union all
select 'numerator', c.child_id, c.child_id, c.happened_on, w.until
from {change_of_worker} c
join {past 12 months} w on w.day = c.happened_on
