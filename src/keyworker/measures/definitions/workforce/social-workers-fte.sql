-- measure: social-workers-fte
-- title: Children and family social workers, full-time equivalent
-- says: How many social workers the council itself employed on the day, counted by the part of a whole week that
--   each works.
-- numerator: Full-time equivalent of the council's own social workers in post, at most 1 for each post
-- denominator: none
-- exclusions: Agency workers; workers whose hours are not known; where neither the appointment nor the list of
--   workers says that somebody comes through an agency, they are the council's own
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: FTE
-- counts: sum
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce methodology (DfE), definitions
-- edition: 2025, published 19 March 2026
-- catalogue: sw-fte
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, fte as weight, from_on, to_on
from {employed_row} r
where fte is not null
