-- The days on which a child has been looked after for 12 months without a break.
select s.child_id, y.until as from_on, s.ended_on as to_on
from {in_care} s
join {past 12 months} y on y.day = s.from_on
