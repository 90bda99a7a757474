-- measure: above-agreed-capacity
-- title: Workers above their own agreed capacity
-- says: Of the social workers who held a child on the day and have an agreed number of children, the share who
--   held more than that.
-- numerator: Those of them who held more children than agreed
-- denominator: Social workers who held a child and have an agreed capacity, which takes hours and experience into
--   account
-- exclusions: Those for whom no capacity is recorded, who cannot be judged
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: sw-caseload-over-threshold
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, worker_id, from_on, to_on
from {social_worker_load} d
where cases > 0 and limited > 0
union all
select 'numerator', worker_id, worker_id, from_on, to_on
from {social_worker_load} n
where cases > agreed_capacity and limited > 0
