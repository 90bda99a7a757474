[event] e
    join [rule_event] r on r.place = e.place and e.day >= r.since
    where e.day <= %(at)s
