-- The days in whose 12 months a child lived in three placements or more: a placement counts from its first day until 12
-- months after its last.
select child_id, from_on, to_on
from (
    select child_id, day as from_on, lead(day) over (partition by child_id order by day) as to_on,
        sum(many) over (partition by child_id order by day) as many
    from (
        select child_id, day, sum(step) as many
        from (
            select child_id, from_on as day, 1 as step from {placement_stretch} a
            union all
            select b.child_id, y.until, -1 from {placement_stretch} b
            join {past 12 months} y on y.day = b.to_on - 1
        ) steps
        group by child_id, day
    ) days
) between_days
where many >= 3
