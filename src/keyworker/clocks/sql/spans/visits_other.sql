-- The days after the first year of a placement that is not known to be meant to last until the child is 18.
select child_id as subject_id,
    case when from_on > {plus_months placed_on 12} then from_on else {plus_months placed_on 12} end as from_on,
    case when lasting_from < to_on or to_on is null then lasting_from else to_on end as to_on
from {living_arrangement} a
where arrangement in ('general', 'temporary move')
