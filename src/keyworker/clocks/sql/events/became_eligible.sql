-- The day on which a young person became an eligible child: 16 or 17, looked after, and the ninety-first day in care
-- since the fourteenth birthday, short breaks left out.
-- Held in: cla_episodes
select s.child_id as subject_id,
    min(case when s.from_on >= c.earliest_on then s.from_on else c.earliest_on end) as day,
        cast(null as time) as at_time,
    c.entered_at, c.recorded_at, c.act_id, c.entry_id
from {care_stay} s
join (
    select child_id, entered_at, recorded_at, act_id, entry_id, eighteen_on,
        min(case when enough_on > sixteen_on then enough_on else sixteen_on end) as earliest_on
    from (
        select d.*, counts_from + cast(90 - days_before as integer) as enough_on
        from (
            select t.*, coalesce(sum(days) over (
                partition by child_id order by counts_from rows between unbounded preceding and 1 preceding), 0)
                as days_before
            from (
                select f.*, coalesce(to_on, cast(%(after)s as date)) - counts_from as days
                from (
                    select s.child_id, s.to_on, p.entered_at, p.recorded_at, p.act_id, p.entry_id,
                        {plus_months p.birth_on 192} as sixteen_on, {plus_months p.birth_on 216} as eighteen_on,
                        case when s.from_on > {plus_months p.birth_on 168} then s.from_on
                            else {plus_months p.birth_on 168} end as counts_from
                    from {care_stay} s
                    join {person} p on p.child_id = s.child_id
                    where (s.to_on is null or s.to_on > {plus_months p.birth_on 168})
                        and {plus_months p.birth_on 168} <= %(at)s
                ) f
            ) t
        ) d
        where days_before <= 90 and days_before + days > 90
    ) n
    group by child_id, entered_at, recorded_at, act_id, entry_id, eighteen_on
) c on c.child_id = s.child_id and (s.to_on is null or s.to_on > c.earliest_on) and s.from_on < c.eighteen_on
where c.earliest_on < c.eighteen_on and c.earliest_on <= %(at)s
group by s.child_id, c.entered_at, c.recorded_at, c.act_id, c.entry_id
