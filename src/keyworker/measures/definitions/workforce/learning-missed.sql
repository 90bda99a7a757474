-- measure: learning-missed
-- title: Learning lost to duty, court and other reasons
-- says: Of the learning sessions offered to workers in the 12 months that end with the day, the share that they
--   missed, by reason: called to court, on duty, or another.
-- numerator: Those of them missed for the reason
-- denominator: Sessions offered, one for each worker, of which it is recorded whether the worker came
-- exclusions: Sessions of which nobody has said yet whether the worker came
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: worker
-- grouped: on the day it happened
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: training_session
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, s.session_id || ' ' || s.worker_id as subject_id, s.worker_id,
    cast(null as varchar(200)) as band, s.happened_on as from_on, y.until as to_on
from {training_session} s
join {past 12 months} y on y.day = s.happened_on
where s.attended is not null
union all
select 'numerator', s.session_id || ' ' || s.worker_id, s.worker_id,
    case when {key_of s.reason_not} like '%%court%%' then 'court'
        when {key_of s.reason_not} like '%%duty%%' then 'duty'
        when s.reason_not is null then 'not recorded' else 'another reason' end,
    s.happened_on, y.until
from {training_session} s
join {past 12 months} y on y.day = s.happened_on
where s.attended = false
