-- The days of a private fostering arrangement after its first year, counted from when it began and the council knew
-- of it.
select child_id as subject_id, {plus_months known_on 12} as from_on, to_on
from (
    select child_id, to_on, case when notified_on > from_on then notified_on else from_on end as known_on
    from {private_fostering} f
) f
where to_on is null or to_on > {plus_months known_on 12}
