-- measure: workers-per-supervisor
-- title: Workers supervised by each supervisor
-- says: How many workers each supervisor supervised on the day.
-- numerator: Workers with a line to a supervisor
-- denominator: none
-- exclusions: Supervisors of nobody
-- period: on the day
-- unit: workers per supervisor who has any
-- counts: distribution
-- weighs: one
-- belongs_to: worker
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: supervision_line
-- small_numbers: workers
-- unconfirmed: none
select 'value' as part, supervisor_id as subject_id, supervisor_id as worker_id, 1 as weight, from_on, to_on
from {supervised} s
