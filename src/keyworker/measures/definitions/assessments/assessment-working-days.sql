-- measure: assessment-working-days
-- title: Working days that assessments took
-- says: How many working days the assessments authorised in the 12 months that end with the day took from their start:
--   mean, median, ninth in ten, longest.
-- numerator: Working days from start to authorising, of each assessment
-- denominator: none
-- exclusions: Assessments not yet authorised, or with an end before their beginning
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: working days
-- counts: distribution
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C2
-- edition: year ending 31 March 2025
-- catalogue: none
-- needs: cin_assessments
-- small_numbers: children
-- unconfirmed: Start point of the published duration (referral or assessment start) not read in the methodology.
select 'value' as part, a.assessment_id as subject_id, a.child_id, a.working_days as weight, a.done_on as from_on,
    y.until as to_on
from {assessment_done} a
join {past 12 months} y on y.day = a.done_on
