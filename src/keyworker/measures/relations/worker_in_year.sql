-- Each main worker of each child, while their time together lies at least in part in the 12 months that end with a day.
-- Stretches that touch or overlap so are one.
select child_id, worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by child_id, worker_id order by from_on) as run
    from (
        select h.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by child_id, worker_id order by from_on rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as begins
        from (
            select m.child_id, m.worker_id, m.from_on, y.until as to_on
            from {main_worker} m left join {past 12 months} y on y.day = m.to_on - 1
        ) h
    ) s
) runs
group by child_id, worker_id, run
