-- measure: vacancy-rate
-- title: Vacancy rate
-- says: Vacant hours as a share of vacant hours and the hours of the council's own social workers in post.
-- numerator: Full-time equivalent of vacancies, covered by agency workers or not
-- denominator: Full-time equivalent of vacancies and of the council's own social workers in post; agency workers
--   are not in it
-- exclusions: Posts in none of the census's six roles, or without hours; what more than one person does in a post
--   than it has hours for
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: ratio
-- belongs_to: team
-- better: lower
-- source: Children's social work workforce methodology (DfE), vacancy rate
-- edition: 2025, published 19 March 2026
-- catalogue: sw-vacancy-rate
-- needs: post, appointment
-- small_numbers: none
-- unconfirmed: Whether a post filled for a fixed term counts as vacant was not read; here it is filled.
select 'numerator' as part, post_id as subject_id, team_id, greatest(fte - employed, 0) as weight, from_on, to_on
from {post_stretch} p
union all
select 'denominator', post_id, team_id, greatest(fte - employed, 0), from_on, to_on
from {post_stretch} p
union all
select 'denominator', worker_id, team_id, fte, from_on, to_on
from {employed_row} r
where fte is not null
