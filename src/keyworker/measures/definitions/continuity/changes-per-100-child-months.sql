-- measure: changes-per-100-child-months
-- title: Changes of worker per 100 child-months
-- says: Changes of worker in 12 months for every hundred months in which children were open; the main worker is
--   the lead, or the accountable worker where nobody leads.
-- numerator: Changes of main worker on days on which the child was open
-- denominator: Months in which children were open, a month being 30.4375 days
-- exclusions: A child's first worker; the same worker again after a pause; rows of the same worker that touch
-- period: the 12 months that end with the last month's end on or before the day
-- looks_back: 12 months
-- unit: changes per 100 child-months
-- per: 100
-- counts: ratio
-- interval: events
-- belongs_to: child
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id,
    open_days * cast(0.0328542094 as decimal(18, 10)) as weight, from_on, to_on
from {child_year} d
union all
select 'numerator', child_id, child_id, changes, from_on, to_on
from {child_year} n
