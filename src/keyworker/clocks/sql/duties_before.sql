-- Duties that are counted back from what they lead to. What meets one comes after the time before and up to the day
-- itself; what comes after the last one of all still meets it, late.
with tagged as (
    select r.rule, e.subject, e.day, max(r.starts) as s, max(r.meets) as m, max(r.stops) as x,
        min(e.at_time) as at_time, min(e.entered_at) as entered_at, min(e.act_id) as act_id
    from [event] e
    join [rule_event] r on r.place = e.place
    group by r.rule, e.subject, e.day
), anchor as (
    select rule, subject, day, at_time,
        lag(day) over (partition by rule, subject order by day) as previous,
        lead(day) over (partition by rule, subject order by day) as following
    from tagged t where s = 1
), met as (
    select a.rule, a.subject, a.day, min(t.day) as met_on
    from anchor a
    join tagged t on t.rule = a.rule and t.subject = a.subject and t.m = 1
        and (([ever]) or a.previous is null or t.day > a.previous)
        and (t.day <= a.day or a.following is null)
    group by a.rule, a.subject, a.day
), stopped as (
    select a.rule, a.subject, a.day, min(t.day) as stopped_on
    from anchor a
    join tagged t on t.rule = a.rule and t.subject = a.subject and t.x = 1 and t.day > coalesce(a.previous, a.day - 3660)
        and t.day <= a.day
    group by a.rule, a.subject, a.day
)
select p.rule, p.subject, p.started_on, p.again, p.start_time, p.met_on, p.stopped_on, p.may_on, p.due_event_on,
    t.at_time as met_time, t.entered_at as met_entered_at, t.act_id as met_act
from (
    select a.rule, a.subject, a.day as started_on, 0 as again, a.at_time as start_time, m.met_on, x.stopped_on,
        cast(null as date) as may_on, cast(null as date) as due_event_on
    from anchor a
    left join met m on m.rule = a.rule and m.subject = a.subject and m.day = a.day
    left join stopped x on x.rule = a.rule and x.subject = a.subject and x.day = a.day
) p
left join tagged t on t.rule = p.rule and t.subject = p.subject and t.day = p.met_on
[open]
