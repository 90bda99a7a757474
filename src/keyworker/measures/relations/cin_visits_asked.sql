-- The days on which a child in need could have been seen as often as asked: from the day after the first visit was due
-- to the last day on which visits were asked for.
select r.child_id, r.due_on + 1 as from_on, min(s.stopped_on) + 1 as to_on
from {readings cin-visit} r
left join {readings cin-visit} s on s.child_id = r.child_id and s.stopped_on >= r.started_on
where r.again = 'no'
group by r.child_id, r.due_on
