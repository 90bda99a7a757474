-- Duties that a row meets by its own entry, such as writing up a critical event.
select r.rule, e.subject, e.day as started_on, 0 as again, e.at_time as start_time, cast(null as date) as met_on,
    cast(null as date) as stopped_on, cast(null as date) as may_on, cast(null as date) as due_event_on,
    cast(null as time) as met_time, e.entered_at as met_entered_at, e.act_id as met_act
from [event] e
join [rule_event] r on r.place = e.place and r.starts = 1
[open]
