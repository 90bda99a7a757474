-- measure: learning-offered
-- title: Learning offered
-- says: How many learning sessions each social worker in post on the day was offered in the 12 months that end
--   with it.
-- numerator: Sessions offered to them
-- denominator: Social workers in post, the council's own and agency workers
-- exclusions: Sessions offered to others
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: sessions per worker
-- counts: each
-- weighs: one
-- belongs_to: worker
-- better: higher
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: appointment, training_session
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, worker_id, from_on, to_on
from {social_work_row} d
union all
select 'numerator', s.worker_id, s.worker_id, s.happened_on, y.until
from {training_session} s
join {past 12 months} y on y.day = s.happened_on
