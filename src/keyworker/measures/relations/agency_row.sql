-- The appointments through an agency: those that say so, and those that do not say, of workers of whom the list of
-- workers says so now.
select a.entry_id
from {appointment} a
where lower(trim(a.employment)) = 'agency' or (a.employment is null and exists (
    select 1 from {professionals} p where p.worker_id = a.worker_id and p.agency_worker = true))
