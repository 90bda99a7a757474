-- measure: post-churn
-- title: Post churn
-- says: How many different people held a social work post at some time in the 12 months that end with the day, for
--   each such post there is on the day.
-- numerator: Different people, the council's own and agency workers alike, in the post in the 12 months
-- denominator: Social work posts on the day
-- exclusions: Posts in none of the census's six roles
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: people per post
-- counts: each
-- belongs_to: team
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: sw-post-churn
-- needs: post, appointment
-- small_numbers: workers
-- unconfirmed: Local definition.
select 'denominator' as part, post_id as subject_id, team_id, 1 as weight, from_on, to_on
from {post} p
where role_class is not null
union all
select 'numerator', w.post_id, cast(null as varchar(200)), 1, w.from_on, w.to_on
from {post_holder_in_year} w
