-- measure: starters-fte
-- title: Social workers who started, full-time equivalent
-- says: How many social workers began with the council in the 12 months that end with the day, counted by the part
--   of a whole week that each works.
-- numerator: Full-time equivalent of the posts in which the council's own social workers began
-- denominator: none
-- exclusions: Agency workers; a second post of somebody who is here already; who left again within the 12 months;
--   workers whose hours are not known
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: FTE
-- counts: sum
-- belongs_to: team
-- better: neither
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-starters-fte
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Whether same-year starters and leavers are left out of starters as well as leavers.
select 'numerator' as part, entry_id as subject_id, team_id, fte as weight, from_on, to_on
from {starter} s
where fte is not null
