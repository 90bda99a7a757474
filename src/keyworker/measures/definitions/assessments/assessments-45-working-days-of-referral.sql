-- measure: assessments-45-working-days-of-referral
-- title: Assessments due that were authorised within 45 working days of the referral
-- says: Of the assessments that fell due in the 12 months that end with the day, the share authorised within 45
--   working days of the referral, which is the limit of the guidance.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them authorised on or before the due day
-- denominator: Referrals whose assessment fell due in the 12 months
-- exclusions: Referrals closed, or decided to need no assessment, by the due day
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Working Together to Safeguard Children 2023 (HM Government, December 2023)
-- edition: December 2023
-- catalogue: none
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.due_on as from_on, y.until as to_on
from {readings published assessment-45wd} r
join {past 12 months} y on y.day = r.due_on
where r.stopped_on is null or r.stopped_on > r.due_on
union all
select 'numerator', r.duty_id, r.child_id, r.due_on, y.until
from {readings published assessment-45wd} r
join {past 12 months} y on y.day = r.due_on
where r.met_in_time = 'yes'
