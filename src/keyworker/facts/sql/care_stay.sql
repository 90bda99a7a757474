-- A child's whole time in care, short breaks left out: episodes that touch or overlap are one.
select child_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on,
    min(recorded_at) as recorded_at
from (
    select s.*, sum(starts) over (partition by child_id order by from_on, entry_id) as run
    from (
        select e.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by child_id order by from_on, entry_id rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as starts
        from {care_episode} e
        where not is_short_break
    ) s
) runs
group by child_id, run
