-- group: worker role
-- title: Worker's role
-- says: The census role of the worker's appointment on the day; of two the later begun.
-- of: worker
-- claims: yes
select worker_id as key, case lower(trim(role_class)) when '1' then 'senior manager' when '2' then 'middle manager'
        when '3' then 'first line manager' when '4' then 'senior practitioner' when '5' then 'case holder'
        when '6' then 'qualified without cases' else lower(trim(role_class)) end as value,
    1 as rank, from_on as since_on, entry_id as order_id, from_on, to_on
from {appointment} a where role_class is not null
