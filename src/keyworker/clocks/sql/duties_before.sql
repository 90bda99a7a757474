-- Duties that are counted back from what they lead to. What meets one comes after the time before and up to the day
-- itself; what comes after the last one of all still meets it, late. What they lead to may lie ahead, planned. Windows
-- and no joins: nobody can guess beforehand how many days there are, and a plan made on a wrong guess looks at each day
-- for each day.
with by_day as (
    select r.rule, e.subject, e.day, max(r.starts) as s, max(r.meets) as m, max(r.stops) as x, max(r.may_meet) as y,
        min(case when r.starts = 1 then e.at_time end) as start_time,
        min(case when r.meets = 1 then e.at_time end) as met_time,
        min(case when r.meets = 1 then e.entered_at end) as met_entered_at,
        min(case when r.meets = 1 then e.act_id end) as met_act
    from [event] e
    join [rule_event] r on r.place = e.place
    where e.day <= %(at)s or r.starts = 1
    group by r.rule, e.subject, e.day
), around as (
    select b.*,
        min(case when s = 1 then day end) over (
            partition by rule, subject order by day desc rows between unbounded preceding and current row) as next_one,
        max(case when s = 1 then day end) over (
            partition by rule, subject order by day rows between unbounded preceding and current row) as last_one,
        min(case when m = 1 then day end) over (
            partition by rule, subject order by day rows between unbounded preceding and current row) as met_ever
    from by_day b
), led as (
    select a.*, coalesce(next_one, last_one) as leads_to,
        min(case when m = 1 then day end) over (
            partition by rule, subject, coalesce(next_one, last_one)) as met_since,
        min(case when y = 1 then day end) over (
            partition by rule, subject, coalesce(next_one, last_one)) as may_on,
        min(case when x = 1 and next_one is not null then day end) over (
            partition by rule, subject, coalesce(next_one, last_one)) as stopped_on
    from around a
), met as (
    select l.*, case when [ever] then coalesce(met_ever, met_since) else met_since end as met_on
    from led l
), told as (
    select t.*, max(case when day = met_on then met_time end) over whole as time_met,
        max(case when day = met_on then met_entered_at end) over whole as entered_met,
        max(case when day = met_on then met_act end) over whole as act_met
    from met t
    window whole as (partition by rule, subject, leads_to)
)
select rule, subject, day as started_on, 0 as again, start_time, met_on, stopped_on, may_on,
    cast(null as date) as due_event_on, time_met as met_time, entered_met as met_entered_at, act_met as met_act
from told q
where s = 1 [open]
