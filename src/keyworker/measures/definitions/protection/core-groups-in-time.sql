-- measure: core-groups-in-time
-- title: First core groups in time
-- says: Of the first core groups that fell due in the calendar month of the day, the share held within 10 working
--   days of the conference that began the plan.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them held on or before the due day
-- denominator: Child protection plans whose first core group fell due in the month
-- exclusions: Plans that ended by the due day; plans of another council
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Working Together to Safeguard Children 2023 (HM Government, December 2023)
-- edition: December 2023
-- catalogue: core-group-in-time
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.due_on as from_on, m.until as to_on
from {readings published core-group-first-10wd} r
join {calendar_month} m on m.day = r.due_on
where r.stopped_on is null or r.stopped_on > r.due_on
union all
select 'numerator', r.duty_id, r.child_id, r.due_on, m.until
from {readings published core-group-first-10wd} r
join {calendar_month} m on m.day = r.due_on
where r.met_in_time = 'yes'
