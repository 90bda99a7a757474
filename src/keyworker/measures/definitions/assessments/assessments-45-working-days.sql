-- measure: assessments-45-working-days
-- title: Assessments completed within 45 working days
-- says: Of the child and family assessments authorised in the 12 months that end with the day, the share authorised
--   within 45 working days of their start. Ask at 31 March for the published year.
-- numerator: Those of them authorised on or before the 45th working day after the day on which they began
-- denominator: Assessments authorised in the 12 months
-- exclusions: Assessments not yet authorised, or with an end before their beginning
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 304
-- edition: 2025 release
-- catalogue: cin-assessment-45wd
-- needs: cin_assessments
-- small_numbers: children
-- unconfirmed: Start point of the published duration (referral or assessment start) not read in the methodology.
select 'denominator' as part, a.assessment_id as subject_id, a.child_id, a.to_on - 1 as from_on, y.until as to_on
from {cin_assessments} a
join {past 12 months} y on y.day = a.to_on - 1
where a.to_on > a.from_on
union all
select 'numerator', a.assessment_id, a.child_id, a.to_on - 1, y.until
from {cin_assessments} a
join {past 12 months} y on y.day = a.to_on - 1
join {within 45 working days} w on w.day = a.from_on
where a.to_on > a.from_on and a.to_on <= w.until
