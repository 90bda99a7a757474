-- measure: referrals-decided-in-time
-- title: Referral decisions within one working day
-- says: Of the referrals whose decision fell due in the calendar month of the day, the share decided within one
--   working day.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them decided on or before the due day
-- denominator: Referrals whose decision fell due in the month
-- exclusions: none
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Working Together to Safeguard Children 2023 (HM Government, December 2023)
-- edition: December 2023
-- catalogue: referral-decision-1wd
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.due_on as from_on, m.until as to_on
from {readings published referral-decision-1wd} r
join {calendar_month} m on m.day = r.due_on
where r.stopped_on is null or r.stopped_on > r.due_on
union all
select 'numerator', r.duty_id, r.child_id, r.due_on, m.until
from {readings published referral-decision-1wd} r
join {calendar_month} m on m.day = r.due_on
where r.met_in_time = 'yes'
