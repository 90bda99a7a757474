-- Returns of missing children to whom a source says an interview was offered, without its day.
-- Held in: missing
select m.child_id as subject_id, {plus_days m.to_on -1} as day, m.to_time as at_time, m.entered_at, m.recorded_at,
    m.act_id, m.entry_id
from {missing} m
where lower(substr(trim(m.rhi_offered), 1, 1)) in ('y', 't', '1')
    and not exists (
        select 1 from {step} s
        where s.child_id = m.child_id and s.kind = 'return home interview' and s.happened_on >= {plus_days m.to_on -1})
