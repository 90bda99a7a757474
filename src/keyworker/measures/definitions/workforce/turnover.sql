-- measure: turnover
-- title: Social worker turnover rate
-- says: Social workers who left in the 12 months that end with the day, for every hundred in post at the end of
--   them; both counted by the part of a whole week that each works.
-- numerator: Full-time equivalent, in the last posts, of the council's own social workers who left
-- denominator: Full-time equivalent of the council's own social workers in post on the day, not the average of the
--   year
-- exclusions: Agency workers; a move to another child and family post here; absence; somebody who began and left
--   within the 12 months; workers whose hours are not known
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: percent
-- counts: ratio
-- belongs_to: team
-- better: lower
-- source: Children's social work workforce methodology (DfE), turnover
-- edition: 2025, published 19 March 2026
-- catalogue: sw-turnover
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Which FTE field supplies leaver FTE.
select 'numerator' as part, worker_id as subject_id, team_id, fte as weight, from_on, to_on
from {leaver} l
where fte is not null
union all
select 'denominator', worker_id, team_id, fte, from_on, to_on
from {employed_row} r
where fte is not null
