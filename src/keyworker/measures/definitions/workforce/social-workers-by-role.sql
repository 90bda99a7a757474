-- measure: social-workers-by-role
-- title: Social workers by role
-- says: Of the council's own social workers in post on the day, the share in each of the census's six roles: case
--   holder, senior practitioner, qualified without cases and three kinds of manager.
-- numerator: Those of them in the role; somebody in two posts counts in the more senior
-- denominator: Different people among the council's own social workers in post
-- exclusions: Agency workers
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: worker
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 287
-- edition: 2025 release; a check added in 2024 moved some people between roles, so that 2024 begins a new series
-- catalogue: sw-role-caseholder-pct, sw-role-no-cases-pct, sw-role-senior-practitioner-pct
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, coalesce(role_class, 'not recorded') as band,
    from_on, to_on
from {employed_head} h
union all
select 'denominator', worker_id, worker_id, cast(null as varchar(200)), from_on, to_on
from {employed_head} h
