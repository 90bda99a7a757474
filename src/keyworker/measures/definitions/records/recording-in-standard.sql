-- measure: recording-in-standard
-- title: Entries within the recording standard
-- says: Of the entries of visits and other events made in the month that ends with the day, the share made inside
--   the council's standard.
-- numerator: Those of them made in time
-- denominator: Entries of visits, made or attempted, and of critical, significant and other events
-- exclusions: Events of which the source does not say when they were entered; critical events for which the hour
--   decides and is not known
-- period: the month that ends with the day; at a month's end, that month; by the day of entry
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Published procedures: Liverpool children's services: 24 hours for critical events, 2 working days for
--   visits, 5 for anything else; a council's own setting goes before it
-- edition: 1, in force from the first release
-- catalogue: recording-in-standard
-- needs: none
-- small_numbers: none
-- unconfirmed: none
select 'denominator' as part, duty_id as subject_id, child_id, m.day as from_on, m.until as to_on
from {readings record-critical-24h, record-significant-2wd, record-other-5wd} r
join {past_month} m on m.day = greatest(r.met_on, r.started_on)
where met_on is not null and met_in_time in ('yes', 'no')
union all
select 'numerator', duty_id, child_id, m.day, m.until
from {readings record-critical-24h, record-significant-2wd, record-other-5wd} r
join {past_month} m on m.day = greatest(r.met_on, r.started_on)
where met_on is not null and met_in_time = 'yes'
