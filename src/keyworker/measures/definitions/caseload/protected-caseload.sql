-- measure: protected-caseload
-- title: Newly qualified workers within their protected caseload
-- says: Of the social workers in the Assessed and Supported Year in Employment on the day who have an agreed
--   number of children, the share who held no more than that.
-- numerator: Those of them who held no more children than agreed
-- denominator: Social workers in a post marked as the assessed year, with an agreed capacity
-- exclusions: Those for whom no capacity is recorded, who cannot be judged
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: higher
-- source: Assessed and supported year in employment, as applied in published council frameworks: 90% of a full
--   caseload over the year, stages set locally
-- edition: 1, in force from the first release
-- catalogue: sw-asye-protected-caseload
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, worker_id, from_on, to_on
from {social_worker_load} d
where first_year > 0 and limited > 0
union all
select 'numerator', worker_id, worker_id, from_on, to_on
from {social_worker_load} n
where first_year > 0 and limited > 0 and cases <= agreed_capacity
