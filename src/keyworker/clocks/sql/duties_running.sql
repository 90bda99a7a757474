-- What can still begin or touch an open duty. One that began before the last day on which anything met or ended a duty
-- of its rule is met or ended itself, so that of most lives nothing but their last days is paired at all.
event_of as (
    select e.place, e.subject, e.day, e.at_time, e.entry_id, e.entered_at, e.act_id
    from [event] e
    where e.day <= %(at)s
), last_of as (
    select place, subject, max(day) as day
    from event_of n
    group by place, subject
), over as (
    select r.rule, l.subject,
        coalesce(max(case when r.meets = 1 or r.stops = 1 then l.day end), date '0001-01-01') as since,
        max(case when r.starts = 1 then l.day end) as last_start
    from last_of l
    join [rule_event] r on r.place = l.place
    group by r.rule, l.subject
), running as (
    select rule, subject, since
    from over v
    where last_start >= since
), wanted as (
    select l.place, l.subject, v.since, r.rule, r.slot, r.starts, r.meets, r.stops, r.may_meet, r.due_at
    from running v
    join [rule_event] r on r.rule = v.rule
    join last_of l on l.place = r.place and l.subject = v.subject and l.day >= v.since
),
