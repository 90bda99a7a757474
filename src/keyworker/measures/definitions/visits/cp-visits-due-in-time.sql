-- measure: cp-visits-due-in-time
-- title: Due child protection visits made in time
-- says: Of the visits to children on a child protection plan that fell due in the calendar month of the day, the
--   share that was made by its due day with the child seen.
-- numerator: Those of them made on or before the due day, with the child seen
-- denominator: Visits that fell due in the month
-- exclusions: A visit that was no longer due because the plan had ended by its due day
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Published local procedures manuals; the interval is a local setting
-- edition: rule cp-visit
-- catalogue: cp-visits-due-completed
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.due_on as from_on, m.until as to_on
from {readings cp-visit} r
join {calendar_month} m on m.day = r.due_on
where r.stopped_on is null or r.stopped_on > r.due_on
union all
select 'numerator', r.duty_id, r.child_id, r.due_on, m.until
from {readings cp-visit} r
join {calendar_month} m on m.day = r.due_on
where r.met_in_time = 'yes'
