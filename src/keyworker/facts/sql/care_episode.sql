-- Each episode of being looked after, and whether it is a short break: so says the legal status in force when it began,
-- unless another status was in force on that day too.
select e.child_id, e.from_on, e.to_on, e.entered_at, e.recorded_at, e.act_id, e.entry_id,
    max(case when lower(l.legal_status) in ('v3', 'v4') then 1 else 0 end) = 1
        and max(case when lower(l.legal_status) not in ('v3', 'v4') then 1 else 0 end) = 0 as is_short_break
from {cla_episodes} e
left join {legal_status} l
    on l.child_id = e.child_id and l.from_on <= e.from_on and (l.to_on is null or l.to_on > e.from_on)
where e.to_on is null or e.to_on > e.from_on
group by e.child_id, e.from_on, e.to_on, e.entered_at, e.recorded_at, e.act_id, e.entry_id
