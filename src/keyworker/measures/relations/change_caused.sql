-- Each change of main worker with its published cause, in the 12 months from it: the cause recorded when the earlier
-- worker's hold ended, a word that means none of the ten being so called. One who still holds the child has no cause.
select c.child_id || ' ' || cast(c.happened_on as varchar(10)) as change_id, c.child_id, c.happened_on, y.until,
    case when r.cause is null then 'not recorded' else coalesce(p.code, 'in other words') end as cause
from {change_of_worker} c
join {past 12 months} y on y.day = c.happened_on
left join (
    select x.child_id, x.happened_on, case when h.to_on <= x.happened_on then h.cause end as cause,
        row_number() over (
            partition by x.child_id, x.happened_on
            order by case when h.to_on is null or h.to_on > x.happened_on then 1 else 0 end desc, h.to_on desc,
                case when h.cause is null then 0 else 1 end desc, h.from_on desc, h.order_id desc
        ) as place
    from {change_of_worker} x
    join {child_held} h on h.child_id = x.child_id and h.worker_id = x.worker_before and h.from_on < x.happened_on
) r on r.child_id = c.child_id and r.happened_on = c.happened_on and r.place = 1
left join {published_cause} p on p.said = {key_of r.cause}
