-- Each health assessment of a looked after child that was done. Dental checks, sight and hearing tests and injections
-- are other things; a check without a kind is none of these.
-- Held in: cla_health
select h.child_id as subject_id, h.happened_on as day, cast(null as time) as at_time, h.entered_at, h.recorded_at,
    h.act_id, h.entry_id
from {cla_health} h
where coalesce(lower(h.status), 'completed') in ('completed', '1')
    and (strpos(lower(h.type), 'health') > 0 or strpos(lower(h.type), 'medical') > 0
        or strpos(lower(h.type), 'assess') > 0 or lower(h.type) in ('iha', 'rha'))
    and strpos(lower(h.type), 'dent') = 0 and strpos(lower(h.type), 'develop') = 0
    and strpos(lower(h.type), 'immunis') = 0 and strpos(lower(h.type), 'optic') = 0
