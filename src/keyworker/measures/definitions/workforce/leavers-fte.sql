-- measure: leavers-fte
-- title: Social workers who left, full-time equivalent
-- says: How many of the council's own social workers left child and family social work here in the 12 months that
--   end with the day, counted by the part of a whole week that each worked. Somebody is gone from the day after
--   the last day in post.
-- numerator: Full-time equivalent, in the last posts, of the council's own social workers who left
-- denominator: none
-- exclusions: Agency workers; a move to another child and family post here; absence; somebody who began and left
--   within the 12 months; workers whose hours are not known
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: FTE
-- counts: sum
-- belongs_to: team
-- better: lower
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-leavers-fte
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Which FTE field supplies leaver FTE.
select 'numerator' as part, entry_id as subject_id, team_id, fte as weight, from_on, to_on
from {leaver} l
where fte is not null
