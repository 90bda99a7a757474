-- group: employment
-- title: Employment
-- says: Whether the worker is the council's own or comes through an agency, by the appointment of the day; where none says,
--   by what the list of workers says now.
-- of: worker
-- claims: yes
select worker_id as key, case when lower(trim(employment)) = 'agency' then 'agency' else 'employed' end as value,
    2 as rank, from_on as since_on, entry_id as order_id, from_on, to_on
from {appointment} a where employment is not null
union all
select worker_id, case when agency_worker then 'agency' else 'employed' end, 1, date '0001-01-01', entry_id,
    date '0001-01-01', cast(null as date)
from {professionals} p where agency_worker is not null
