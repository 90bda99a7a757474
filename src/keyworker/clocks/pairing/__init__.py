"""What meets and what ends each duty: events in order, looked through once for each rule.

What an engine reads is only which events there are. They are put in order by place, subject and day, and compiled
functions bring those of each rule together, so that all rules of ten thousand children take less than a second.
"""
