-- measure: stability-index
-- title: Workforce stability index
-- says: Of the council's own social workers who were in post 12 months before the day, the share that is in post
--   on the day.
-- numerator: Those of them in post on the day
-- denominator: Different people among the council's own social workers in post 12 months before
-- exclusions: Agency workers; whoever joined since
-- period: 12 months to the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: higher
-- source: Keyworker, after a convention of the sector
-- edition: 1, in force from the first release
-- catalogue: sw-stability-index
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Sector convention, no official definition.
select 'denominator' as part, s.worker_id as subject_id, s.worker_id, b.until as from_on, e.until as to_on
from {employed_stay} s
join {past 12 months} b on b.day = greatest(s.from_on, date '1980-01-01')
left join {past 12 months} e on e.day = s.to_on
union all
select 'numerator', worker_id, worker_id, from_on, to_on
from {employed_stay} s
