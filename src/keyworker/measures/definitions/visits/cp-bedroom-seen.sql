-- measure: cp-bedroom-seen
-- title: Bedroom seen
-- says: Of the visits to children on a child protection plan in the calendar month of the day that say whether the
--   child's bedroom was seen, the share at which it was.
-- numerator: Those of them at which the bedroom was seen
-- denominator: Visits in the month that say whether it was seen, which stand for visits at home
-- exclusions: Visits that do not say whether: the record holds no place of a visit
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Standard Safeguarding Dataset specification (Data to Insight)
-- edition: 1, in force from the first release
-- catalogue: cp-bedroom-seen
-- needs: cp_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, v.cp_visit_id as subject_id, v.child_id, v.happened_on as from_on, m.until as to_on
from {cp_visits} v
join {calendar_month} m on m.day = v.happened_on
where v.bedroom is not null
union all
select 'numerator', v.cp_visit_id, v.child_id, v.happened_on, m.until
from {cp_visits} v
join {calendar_month} m on m.day = v.happened_on
where v.bedroom = true
