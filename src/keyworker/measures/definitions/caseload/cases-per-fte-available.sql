-- measure: cases-per-fte-available
-- title: Caseload against the capacity available today
-- says: Children held by social workers on the day, those of workers who are away counted too, for each full-time
--   equivalent of those who held any and were there.
-- numerator: Open children held by social workers, away or not
-- denominator: Full-time equivalent of social workers who held at least one child and were not away
-- exclusions: Children held by staff who are not social workers; workers whose hours are nought or not known, with
--   the children whom they hold
-- period: on the day
-- looks_back: the day
-- unit: children per FTE
-- counts: ratio
-- belongs_to: worker
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements, appointment, absence
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, cast(cases as bigint) as weight, from_on, to_on
from {social_worker_load} s
where cases > 0 and fte > 0
union all
select 'denominator', worker_id, worker_id, fte, from_on, to_on
from {social_worker_load} s
where cases > 0 and fte > 0 and absent = 0
