-- measure: vacancies-covered
-- title: Vacancies covered by agency workers
-- says: Of the vacant hours of the council's social work posts on the day, the share for which an agency worker
--   was there.
-- numerator: Full-time equivalent of agency social workers recorded as covering a vacancy
-- denominator: Full-time equivalent of vacancies
-- exclusions: Posts in none of the census's six roles, or without hours; what more than one person does in a post
--   than it has hours for
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- belongs_to: team
-- better: higher
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-vacancies-covered
-- needs: post, appointment
-- small_numbers: none
-- unconfirmed: Whether a post filled for a fixed term counts as vacant was not read; here it is filled.
select 'numerator' as part, worker_id as subject_id, team_id, fte as weight, from_on, to_on
from {social_work_row} r
where is_agency = 1 and covers_vacancy = true and fte is not null
union all
select 'denominator', post_id, team_id, greatest(fte - employed, 0), from_on, to_on
from {post_stretch} p
