-- measure: case-holding-fte
-- title: Case-holding social workers, full-time equivalent
-- says: How many social workers in any role held at least one case on the day, counted by the part of a whole week
--   that each works.
-- numerator: Full-time equivalent of social workers, the council's own and agency workers, who held a case
-- denominator: none
-- exclusions: Workers without a case; workers whose hours are nought or not known
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: FTE
-- counts: sum
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-caseholder-fte
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, fte as weight, from_on, to_on
from {social_worker_load} s
where cases > 0 and fte > 0
