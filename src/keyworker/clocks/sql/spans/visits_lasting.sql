-- The days after the first year of a placement that is meant to last until the child is 18, without an agreement to
-- fewer visits; and the days after the first year in which another body runs the child's living arrangements.
select child_id as subject_id,
    case when starts_on > {plus_months placed_on 12} then starts_on else {plus_months placed_on 12} end as from_on,
    case when agreed_from < to_on or to_on is null then agreed_from else to_on end as to_on
from (
    select child_id, placed_on, to_on, case when lasting_from > from_on then lasting_from else from_on end as starts_on,
        case when agreed_from < date '2015-04-01' then date '2015-04-01' else agreed_from end as agreed_from
    from {living_arrangement} a
    where arrangement = 'general' and lasting_from is not null
    union all
    select child_id, placed_on, to_on, from_on, cast(null as date)
    from {living_arrangement} a
    where arrangement = 'run by another body'
) l
