-- Every duty of every rule: on which day something started it, what met it first, what ended it before that. Events are
-- first brought together by row, because a row that both starts a duty and meets one never meets its own; then by day.
-- Where a plan and a visit stand on one day there are two duties: the plan's, met by the visit, and the next one.
with [running] tagged as (
    select r.rule, e.subject, e.day, e.entry_id, r.slot,
        max(r.starts) as s, max(r.meets) as m, max(r.stops) as x, max(r.may_meet) as y, max(r.due_at) as d,
        min(e.at_time) as at_time, min(e.entered_at) as entered_at, min(e.act_id) as act_id
    from [told]
    group by r.rule, e.subject, e.day, e.entry_id, r.slot
), by_day as (
    select rule, subject, day,
        max(case when s = 1 and m = 0 then 1 else 0 end) as s_first,
        max(case when s = 1 and m = 1 then 1 else 0 end) as s_again,
        max(m) as m, max(case when m = 1 and s = 0 then 1 else 0 end) as m_other,
        max(x) as x, max(case when x = 1 and s = 0 then 1 else 0 end) as x_other,
        max(y) as y, max(d) as d, 0 as gate,
        min(case when s = 1 and m = 0 then at_time end) as first_time,
        min(case when s = 1 and m = 1 then at_time end) as again_time,
        min(case when m = 1 then at_time end) as met_time,
        min(case when m = 1 then entered_at end) as met_entered_at,
        min(case when m = 1 then act_id end) as met_act
    from tagged
    group by rule, subject, day
), begun as (
    select distinct rule, subject from by_day b where s_first = 1 or s_again = 1
), all_days as (
    select rule, subject, day, s_first, s_again, m, m_other, x, x_other, y, d, gate, first_time, again_time, met_time,
        met_entered_at, met_act
    from by_day
    [gates]
), seen as (
    select a.*,
        sum(gate) over (partition by rule, subject order by day range between unbounded preceding and current row)
            as inside,
        min(case when m = 1 then day end) over next_days as met_later,
        min(case when x = 1 then day end) over next_days as stopped_later,
        min(case when y = 1 then day end) over next_days as may_later,
        min(case when d = 1 then day end) over next_days as due_later
    from all_days a
    window next_days as (
        partition by rule, subject order by day desc rows between unbounded preceding and 1 preceding)
), duty as (
    select rule, subject, day as started_on, 0 as again, first_time as start_time,
        case when m = 1 then day else met_later end as met_on,
        case when x_other = 1 then day else stopped_later end as stopped_on,
        case when y = 1 then day else may_later end as may_on, due_later as due_event_on
    from seen n
    where s_first = 1 and [inside]
    union all
    select rule, subject, day, 1, again_time,
        case when m_other = 1 then day else met_later end,
        case when x_other = 1 then day else stopped_later end, may_later, due_later
    from seen n
    where s_again = 1 and [inside]
)
