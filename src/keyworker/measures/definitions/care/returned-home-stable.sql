-- measure: returned-home-stable
-- title: Returned home without return to care
-- says: Of the children who went home from care and whose first year at home was over in the 12 months that end with
--   the day, the share who did not come back into care in that year.
-- numerator: Those of them who had not come into care again before 12 months had passed
-- denominator: Children who went home to parents or relatives (E4A, E4B), of which 12 months have passed and 24 have
--   not
-- exclusions: Series of short breaks; returns home of which 12 months have not yet passed
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Children's social care dashboard and National Framework indicators (DfE)
-- edition: proposed, not published
-- catalogue: reunification-stable
-- needs: cla_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, y.until as from_on, z.until as to_on
from {in_care} s
join {past 12 months} y on y.day = s.ended_on
join {past 24 months} z on z.day = s.ended_on
where s.why in ('E4A', 'E4B', 'E4')
union all
select 'numerator', s.child_id, s.child_id, y.until, z.until
from {in_care} s
join {past 12 months} y on y.day = s.ended_on
join {past 24 months} z on z.day = s.ended_on
where s.why in ('E4A', 'E4B', 'E4') and (s.again_on is null or s.again_on >= y.until)
