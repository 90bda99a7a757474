select u.rule, u.subject, u.started_on, u.again, u.start_time, u.met_on, u.stopped_on, u.may_on, u.due_event_on,
    cast(null as time) as met_time, cast(null as timestamp with time zone) as met_entered_at,
    cast(null as bigint) as met_act
from duty u
where u.met_on is null and u.stopped_on is null
