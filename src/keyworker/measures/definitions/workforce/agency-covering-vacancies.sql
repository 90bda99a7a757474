-- measure: agency-covering-vacancies
-- title: Agency workers covering vacancies
-- says: Of the agency social workers who worked here on the day, the share that covered a vacant post.
-- numerator: Full-time equivalent of agency social workers recorded as covering a vacancy
-- denominator: Full-time equivalent of agency social workers
-- exclusions: Workers whose hours are not known
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-agency-covering-vacancies
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, fte as weight, from_on, to_on
from {social_work_row} r
where is_agency = 1 and covers_vacancy = true and fte is not null
union all
select 'denominator', worker_id, worker_id, fte, from_on, to_on
from {social_work_row} r
where is_agency = 1 and fte is not null
