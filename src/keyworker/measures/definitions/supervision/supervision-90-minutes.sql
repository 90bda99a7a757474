-- measure: supervision-90-minutes
-- title: Supervision sessions of at least 90 minutes
-- says: Of the supervision sessions held in the month that ends with the day, the share that lasted an hour and a
--   half or longer.
-- numerator: Those of them that lasted 90 minutes or longer
-- denominator: Personal supervision sessions held whose length is recorded
-- exclusions: Sessions without a recorded length. Whether a session was interrupted is not in the record
-- period: the month that ends with the day; at a month's end, that month
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: worker
-- grouped: on the day it happened
-- better: higher
-- source: Standards for employers of social workers in England (LGA), supervision standard
-- edition: 2020
-- catalogue: sup-session-quality
-- needs: personal_supervision
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, supervision_id as subject_id, worker_id, s.happened_on as from_on, m.until as to_on
from {personal_supervision} s
join {past_month} m on m.day = s.happened_on
where lower(s.outcome) = 'held' and s.minutes is not null
union all
select 'numerator', supervision_id, worker_id, s.happened_on, m.until
from {personal_supervision} s
join {past_month} m on m.day = s.happened_on
where lower(s.outcome) = 'held' and s.minutes >= 90
