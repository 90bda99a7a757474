-- Health assessments and dental checks that were done, each with the one of its kind before it. A check that was refused
-- was not done.
select child_id, kind, happened_on, lag(happened_on) over (partition by child_id, kind order by happened_on) as before_on
from (
    select child_id, happened_on, case when position('dent' in lower(type)) > 0
        or position('teeth' in lower(type)) > 0 then 'dental' when position('health' in lower(type)) > 0 then 'health' end as kind
    from {cla_health} h
    where lower(trim(status)) = 'completed'
) c
where kind is not null
