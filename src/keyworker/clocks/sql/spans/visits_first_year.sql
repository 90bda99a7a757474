-- The first year of a placement of which the general rule of visits speaks.
select child_id as subject_id, from_on,
    case when to_on <= {plus_months placed_on 12} then to_on else {plus_months placed_on 12} end as to_on
from {living_arrangement} a
where arrangement in ('general', 'temporary move') and from_on < {plus_months placed_on 12}
