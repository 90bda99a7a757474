-- The first year in which another body runs a looked after child's living arrangements, such as a prison or a hospital.
select child_id as subject_id, from_on,
    case when to_on <= {plus_months placed_on 12} then to_on else {plus_months placed_on 12} end as to_on
from {living_arrangement} a
where arrangement = 'run by another body' and from_on < {plus_months placed_on 12}
