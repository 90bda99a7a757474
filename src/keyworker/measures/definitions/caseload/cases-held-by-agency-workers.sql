-- measure: cases-held-by-agency-workers
-- title: Cases held by agency workers
-- says: Of the cases that social workers held on the day, the share held by agency workers.
-- numerator: Open children held by social workers all of whose posts are through an agency
-- denominator: Open children held by social workers
-- exclusions: Carers held for fostering or adoption, of whom the record holds none; cases of staff who are not
--   social workers
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- belongs_to: worker
-- better: lower
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE)
-- edition: 2024 to 2025
-- catalogue: sw-agency-held-cases-pct
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, cast(cases as bigint) as weight, from_on, to_on
from {social_worker_load} s
where cases > 0 and employed = 0
union all
select 'denominator', worker_id, worker_id, cast(cases as bigint), from_on, to_on
from {social_worker_load} s
where cases > 0
