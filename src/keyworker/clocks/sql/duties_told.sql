[event] e
    join [rule_event] r on r.place = e.place
    where e.day <= %(at)s
