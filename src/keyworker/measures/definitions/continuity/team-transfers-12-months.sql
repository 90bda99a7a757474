-- measure: team-transfers-12-months
-- title: Transfers between teams in 12 months
-- says: How often the children open on the day moved from one team to another in the 12 months that end with it,
--   for each of those children.
-- numerator: Changes of the team in which the main worker holds the child, of children open on the day
-- denominator: Children open on the day
-- exclusions: A team followed by another in a reorganisation; rows that name no team
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: changes per child
-- counts: each
-- weighs: one
-- belongs_to: child
-- better: lower
-- source: Standard Safeguarding Dataset specification (Data to Insight)
-- edition: 1, in force from the first release
-- catalogue: team-handover-count
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: Local definition.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {open_row} o
union all
select 'numerator', c.child_id, c.child_id, c.happened_on, y.until
from {change_of_team} c
join {past 12 months} y on y.day = c.happened_on
