-- measure: social-workers
-- title: Children and family social workers, people
-- says: How many different social workers the council itself employed on the day.
-- numerator: Different people among the council's own social workers in post
-- denominator: none
-- exclusions: Agency workers; second and later posts of the same person, who is known by one worker number
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: people
-- counts: distinct
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce methodology (DfE), headcount
-- edition: 2025, published 19 March 2026
-- catalogue: sw-headcount
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, from_on, to_on
from {employed_row} r
