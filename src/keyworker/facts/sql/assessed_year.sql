-- The assessed year of each newly qualified worker: from the first appointment that says so until the step that ends
-- it, or for twelve months where none is recorded, and never longer than the worker stayed.
select worker_id, from_on, case when left_on < to_on then left_on else to_on end as to_on
from (
    select a.worker_id, a.from_on, coalesce(min(s.happened_on),
        cast(a.from_on + interval '12 months' as date)) as to_on,
        a.left_on
    from (
        select worker_id, min(case when first_year = true then from_on end) as from_on,
            nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as left_on
        from {appointment} p
        group by worker_id
    ) a
    left join {step} s
        on s.worker_id = a.worker_id and s.kind = 'assessed year ended' and s.happened_on > a.from_on
    where a.from_on is not null
    group by a.worker_id, a.from_on, a.left_on
) y
