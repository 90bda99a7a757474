-- The whole time of a social worker here, the council's own or from an agency: appointments that touch or overlap are
-- one.
select worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by worker_id order by from_on, entry_id) as run
    from (
        select r.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by worker_id order by from_on, entry_id rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as begins
        from {social_work_row} r
    ) s
) runs
group by worker_id, run
