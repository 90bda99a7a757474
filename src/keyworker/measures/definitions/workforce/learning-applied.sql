-- measure: learning-applied
-- title: Learning seen in practice
-- says: Of the learning sessions attended in the 12 months that end with the day, the share of which somebody saw
--   the learning applied by then: the only sign of its quality that the record holds.
-- numerator: Those of them whose learning was seen in practice by the day
-- denominator: Sessions attended, one for each worker
-- exclusions: What workers thought of a session, which the record does not hold
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: higher
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: training_session
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, s.session_id || ' ' || s.worker_id as subject_id, s.worker_id,
    s.happened_on as from_on, y.until as to_on
from {training_session} s
join {past 12 months} y on y.day = s.happened_on
where s.attended = true
union all
select 'numerator', s.session_id || ' ' || s.worker_id, s.worker_id, greatest(s.happened_on, s.applied_on), y.until
from {training_session} s
join {past 12 months} y on y.day = s.happened_on
where s.attended = true and s.applied_on is not null
