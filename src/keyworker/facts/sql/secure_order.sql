-- Each secure order, and whether it follows another in one stay in secure accommodation.
select o.child_id, o.happened_on as day, o.happened_time as at_time,
    max(b.happened_on) is not null and (max(n.happened_on) is null or max(n.happened_on) < max(b.happened_on))
        as is_later,
    o.entered_at, o.recorded_at, o.act_id, o.entry_id
from {step} o
left join {step} b on b.child_id = o.child_id and b.kind = 'secure order' and b.happened_on < o.happened_on
left join {step} n on n.child_id = o.child_id and n.kind = 'secure placement ended' and n.happened_on <= o.happened_on
where o.kind = 'secure order' and o.child_id is not null
group by o.child_id, o.happened_on, o.happened_time, o.entered_at, o.recorded_at, o.act_id, o.entry_id
