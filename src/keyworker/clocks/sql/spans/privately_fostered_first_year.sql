-- The first year of a private fostering arrangement, counted from when it began and the council knew of it.
select child_id as subject_id, known_on as from_on,
    case when to_on <= {plus_months known_on 12} then to_on else {plus_months known_on 12} end as to_on
from (
    select child_id, to_on, case when notified_on > from_on then notified_on else from_on end as known_on
    from {private_fostering} f
) f
