-- The days on which a social worker works for the council and the record speaks of learning for the register: from a
-- year before the first that it holds, whoever's it was. What came before anybody wrote it down here is not missing.
-- Where none is held, the last year.
-- unbroken by subject_id
select a.worker_id as subject_id, case when a.from_on > f.first_on then a.from_on else f.first_on end as from_on,
    a.to_on
from {social_work_appointment} a
cross join (
    select coalesce({plus_months n.first_on -12}, cast(%(at)s as date) - 365) as first_on
    from (select min(happened_on) as first_on from {step} s where kind = 'learning recorded') n
) f
where a.to_on is null or a.to_on > f.first_on
