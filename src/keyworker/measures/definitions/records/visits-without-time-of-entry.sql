-- measure: visits-without-time-of-entry
-- title: Visits without a time of entry
-- says: Of the visits in the month that ends with the day, the share of which nobody can tell how soon they were
--   recorded, because the source does not say when they were entered.
-- numerator: Those of them without a time of entry
-- denominator: Visits of every kind, made or attempted
-- exclusions: none
-- period: the month that ends with the day; at a month's end, that month
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: none
-- small_numbers: none
-- unconfirmed: none
select 'denominator' as part, v.source || ' ' || v.kind || ' ' || v.entry_id as subject_id, v.child_id,
    v.happened_on as from_on, m.until as to_on
from {visit} v
join {past_month} m on m.day = v.happened_on
union all
select 'numerator', v.source || ' ' || v.kind || ' ' || v.entry_id, v.child_id, v.happened_on, m.until
from {visit} v
join {past_month} m on m.day = v.happened_on
where v.entered_at is null
