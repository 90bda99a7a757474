select u.rule, u.subject, u.started_on, u.again, u.start_time, u.met_on, u.stopped_on, u.may_on, u.due_event_on,
    b.met_time, b.met_entered_at, b.met_act
from duty u
left join by_day b on b.rule = u.rule and b.subject = u.subject and b.day = u.met_on
