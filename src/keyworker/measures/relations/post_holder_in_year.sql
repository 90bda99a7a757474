-- Each person in each post, while their time in it lies at least in part in the 12 months that end with a day. Rows that
-- touch or overlap are one person once.
select post_id, worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by post_id, worker_id order by from_on, entry_id) as run
    from (
        select h.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by post_id, worker_id order by from_on, entry_id rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as begins
        from (
            select a.post_id, a.worker_id, a.entry_id, a.from_on, y.until as to_on
            from {appointment} a left join {past 12 months} y on y.day = a.to_on - 1
            where a.post_id is not null and (a.to_on is null or a.to_on > a.from_on)
        ) h
    ) s
) runs
group by post_id, worker_id, run
