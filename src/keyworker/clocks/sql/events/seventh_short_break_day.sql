-- The seventh day away in a series of short breaks, days at home left out. A series begins with a break that no other
-- came before in half a year.
-- Held in: cla_episodes
select b.child_id as subject_id, b.from_on + cast(6 - b.days_before as integer) as day, cast(null as time) as at_time,
    b.entered_at, b.recorded_at, b.act_id, b.entry_id
from (
    select c.*, coalesce(sum(days) over (
        partition by child_id, series order by from_on, entry_id rows between unbounded preceding and 1 preceding), 0)
        as days_before
    from (
        select r.*, sum(starts) over (partition by child_id order by from_on, entry_id) as series
        from (
            select e.*, coalesce(e.to_on, cast(%(after)s as date)) - e.from_on as days,
                case when {plus_months e.to_on_before 6} >= e.from_on then 0 else 1 end as starts
            from (
                select s.*, max(coalesce(s.to_on, date '9000-01-01')) over (
                    partition by s.child_id order by s.from_on, s.entry_id
                    rows between unbounded preceding and 1 preceding) as to_on_before
                from {care_episode} s
                where s.is_short_break
            ) e
        ) r
    ) c
) b
where b.days_before < 7 and b.days_before + b.days >= 7
