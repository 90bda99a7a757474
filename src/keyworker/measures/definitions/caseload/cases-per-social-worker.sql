-- measure: cases-per-social-worker
-- title: Average caseload per full-time social worker
-- says: Cases held by social workers on the day, for each full-time equivalent of those who held any; a case is
--   the lead worker's, or the accountable worker's where nobody leads.
-- numerator: Open children held by social workers, the council's own and agency workers
-- denominator: Full-time equivalent of social workers in any role who held at least one case
-- exclusions: Carers held for fostering or adoption, of whom the record holds none; cases of staff who are not
--   social workers; workers without a case; workers whose hours are nought or not known, with their cases
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: cases per FTE
-- counts: ratio
-- belongs_to: worker
-- better: lower
-- source: Children's social work workforce methodology (DfE), caseload
-- edition: 2025, published 19 March 2026
-- catalogue: sw-average-caseload
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, cast(cases as bigint) as weight, from_on, to_on
from {social_worker_load} s
where cases > 0 and fte > 0
union all
select 'denominator', worker_id, worker_id, fte, from_on, to_on
from {social_worker_load} s
where cases > 0 and fte > 0
