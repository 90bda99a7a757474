-- The days in care on which no visit to the child was overdue. Each day on which care or lateness begins or ends is a
-- step up or down; between two such days nothing changes.
select child_id, from_on, to_on
from (
    select child_id, day as from_on, lead(day) over (partition by child_id order by day) as to_on,
        sum(held) over (partition by child_id order by day) as held,
        sum(late) over (partition by child_id order by day) as late
    from (
        select child_id, day, sum(held) as held, sum(late) as late
        from (
            select child_id, from_on as day, 1 as held, 0 as late from {care_stay} a
            union all
            select child_id, to_on, -1, 0 from {care_stay} b where to_on is not null
            union all
            select child_id, from_on, 0, 1 from {late_care_visit} c where to_on is null or to_on > from_on
            union all
            select child_id, to_on, 0, -1 from {late_care_visit} d where to_on > from_on
        ) steps
        group by child_id, day
    ) days
) between_days
where held > 0 and late = 0
