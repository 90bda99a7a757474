-- Days on which an open child had neither a lead nor an accountable worker. Each day on which a child opens, closes,
-- is taken on or let go is a step up or down; between two such days nothing changes.
select child_id, from_on, to_on
from (
    select child_id, day as from_on, lead(day) over (partition by child_id order by day) as to_on,
        sum(opened) over (partition by child_id order by day) as opened,
        sum(held) over (partition by child_id order by day) as held
    from (
        select child_id, day, sum(opened) as opened, sum(held) as held
        from (
            select child_id, from_on as day, 1 as opened, 0 as held from {open_period} o
            union all
            select child_id, to_on, -1, 0 from {open_period} o where to_on is not null
            union all
            select child_id, from_on, 0, 1 from {holding} h where role in ('accountable', 'lead')
            union all
            select child_id, to_on, 0, -1 from {holding} h where role in ('accountable', 'lead') and to_on is not null
        ) steps
        group by child_id, day
    ) days
) between_days
where opened > 0 and held = 0 and from_on <= %(at)s
