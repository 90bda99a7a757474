-- The whole time of a worker here: appointments that touch or overlap are one, whatever the employment.
select worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by worker_id order by from_on, entry_id) as run
    from (
        select a.worker_id, a.from_on, a.to_on, a.entry_id,
            case when a.from_on <= max(coalesce(a.to_on, date '9999-12-31')) over (
                partition by a.worker_id order by a.from_on, a.entry_id
                rows between unbounded preceding and 1 preceding) then 0 else 1 end as begins
        from {appointment} a where a.to_on is null or a.to_on > a.from_on
    ) s
) runs
group by worker_id, run
