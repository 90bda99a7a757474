-- measure: vacancies-uncovered-fte
-- title: Vacancies that nobody covers, full-time equivalent
-- says: How much of the council's social work posts neither its own worker nor an agency worker filled on the day.
-- numerator: Hours of social work posts, less the hours of all workers in them, post by post
-- denominator: none
-- exclusions: Posts in none of the census's six roles, or without hours; what more than one person does in a post
--   than it has hours for
-- period: on the day
-- looks_back: the day
-- unit: FTE
-- counts: sum
-- belongs_to: team
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: post
-- small_numbers: none
-- unconfirmed: none
select 'numerator' as part, post_id as subject_id, team_id, greatest(fte - employed - agency, 0) as weight,
    from_on, to_on
from {post_stretch} p
