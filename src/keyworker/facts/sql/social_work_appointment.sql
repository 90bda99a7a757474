-- The appointments of social workers: those that have one of the census's roles, or whose worker is on the register.
select p.worker_id, p.from_on, p.to_on, lower(p.employment) as employment, p.entered_at, p.recorded_at, p.act_id,
    p.entry_id
from {appointment} p
left join (
    select distinct worker_id from {professionals} r where registration_no <> ''
) w on w.worker_id = p.worker_id
where p.role_class is not null or w.worker_id is not null
