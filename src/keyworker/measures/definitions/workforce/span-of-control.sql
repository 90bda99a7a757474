-- measure: span-of-control
-- title: Span of control
-- says: Social workers for each first line manager on the day, both counted by the part of a whole week that each
--   works.
-- numerator: Full-time equivalent of senior practitioners, case holders and those qualified without cases, agency
--   workers among them
-- denominator: Full-time equivalent of first line managers, agency workers among them
-- exclusions: Workers whose hours are not known
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: FTE per manager
-- counts: ratio
-- belongs_to: team
-- better: neither
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE): roles 3 against 4 to 6
-- edition: 2024 to 2025
-- catalogue: sw-span-of-control
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Local definition.
select 'numerator' as part, worker_id as subject_id, team_id, fte as weight, from_on, to_on
from {social_work_row} r
where role_class in ('senior practitioner', 'case holder', 'qualified without cases') and fte is not null
union all
select 'denominator', worker_id, team_id, fte, from_on, to_on
from {social_work_row} r
where role_class = 'first line manager' and fte is not null
