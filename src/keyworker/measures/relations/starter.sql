-- The posts in which one of the council's own social workers began, in the 12 months from that day and while they stay:
-- who has gone again within them is no starter.
select r.worker_id, r.team_id, r.entry_id, r.fte, r.start_origin, s.from_on,
    least(y.until, coalesce(s.to_on, y.until)) as to_on
from {employed_stay} s
join {past 12 months} y on y.day = s.from_on
join {employed_row} r on r.worker_id = s.worker_id and r.from_on = s.from_on
