-- Each dental check of a looked after child that was done. A child who declined was not checked.
-- Held in: cla_health
select h.child_id as subject_id, h.happened_on as day, cast(null as time) as at_time, h.entered_at, h.recorded_at,
    h.act_id, h.entry_id
from {cla_health} h
where coalesce(lower(h.status), 'completed') in ('completed', '1')
    and (strpos(lower(h.type), 'dent') > 0 or strpos(lower(h.type), 'teeth') > 0)
