-- The team of a child of whose row no team is said: that of whoever holds the child, on the days of both.
select h.child_id, t.team_id, h.rank + 3 as rank, h.since_on, h.order_id, greatest(h.from_on, t.from_on) as from_on,
    least(coalesce(h.to_on, t.to_on), coalesce(t.to_on, h.to_on)) as to_on
from {child_held} h
join {worker_team} t on t.worker_id = h.worker_id
    and t.from_on < coalesce(h.to_on, date '9999-12-31') and coalesce(t.to_on, date '9999-12-31') > h.from_on
where h.team_id is null
