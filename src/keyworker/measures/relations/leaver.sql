-- The last posts of one of the council's own social workers who left, in the 12 months from the first day on which they
-- were gone. Another post here, or a pause within one, is no leaving; who came and went within the 12 months is no leaver.
select r.worker_id, r.team_id, r.entry_id, r.fte, r.leaving_reason, r.leaving_destination,
    s.from_on as began_on, s.to_on as left_on, greatest(s.to_on, coalesce(b.until, s.to_on)) as from_on,
    y.until as to_on
from {employed_stay} s
join {past 12 months} y on y.day = s.to_on
left join {past 12 months} b on b.day = s.from_on
join {employed_row} r on r.worker_id = s.worker_id and r.to_on = s.to_on
