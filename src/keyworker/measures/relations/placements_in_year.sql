-- In how many placements each child lived in the 12 months that end with a day, stretch by stretch: a placement counts from
-- its first day until 12 months after its last.
-- at once by child_id
select p.child_id, p.from_on, y.until as to_on
from {placement_stretch} p left join {past 12 months} y on y.day = p.to_on - 1
