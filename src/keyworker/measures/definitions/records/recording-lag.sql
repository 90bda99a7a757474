-- measure: recording-lag
-- title: Recording lag
-- says: How many working days lay between an event and its entry on the record, for the entries made in the month
--   that ends with the day. Entered on the day itself, or before it, is nought; a weekend in between does not
--   count.
-- numerator: Working days from the event to the entry
-- denominator: none
-- exclusions: Events of which the source does not say when they were entered: the day of the load bounds that and
--   does not tell it. Their share is a measure by itself
-- period: the month that ends with the day; at a month's end, that month; by the day of entry, so that what is
--   entered late counts in the month in which it comes
-- looks_back: a month
-- unit: working days
-- counts: distribution
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Published procedures: Liverpool children's services
-- edition: 1, in force from the first release
-- catalogue: recording-lag
-- needs: none
-- small_numbers: none
-- unconfirmed: none
select 'value' as part, r.duty_id as subject_id, r.child_id, cast(e.number - s.number as bigint) as weight,
    e.day as from_on, m.until as to_on
from {readings record-critical-24h, record-significant-2wd, record-other-5wd} r
join {working_day_number} s on s.day = r.started_on
join {working_day_number} e on e.day = greatest(r.met_on, r.started_on)
join {past_month} m on m.day = e.day
where r.met_on is not null
