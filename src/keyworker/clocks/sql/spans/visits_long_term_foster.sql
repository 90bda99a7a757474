-- The days after the first year of a placement that was agreed as long-term foster care, with fewer visits, which the
-- law has known since April 2015.
select child_id as subject_id,
    case when agreed_from > {plus_months placed_on 12} then agreed_from else {plus_months placed_on 12} end as from_on,
    to_on
from (
    select child_id, placed_on, to_on,
        case when agreed_from < date '2015-04-01' then date '2015-04-01' else agreed_from end as agreed_from
    from {living_arrangement} a
    where arrangement = 'general' and agreed_from is not null
) l
