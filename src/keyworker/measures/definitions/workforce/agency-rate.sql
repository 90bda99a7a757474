-- measure: agency-rate
-- title: Agency worker rate
-- says: Of the social workers who worked here on the day, the share that came through an agency.
-- numerator: Full-time equivalent of agency social workers
-- denominator: Full-time equivalent of agency social workers and of the council's own in post
-- exclusions: Workers whose hours are not known; where neither the appointment nor the list of workers says that
--   somebody comes through an agency, they are the council's own
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- belongs_to: worker
-- better: lower
-- source: Children's social work workforce methodology (DfE), agency rate
-- edition: 2025, published 19 March 2026
-- catalogue: sw-agency-rate
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, fte as weight, from_on, to_on
from {social_work_row} r
where is_agency = 1 and fte is not null
union all
select 'denominator', worker_id, worker_id, fte, from_on, to_on
from {social_work_row} r
where fte is not null
