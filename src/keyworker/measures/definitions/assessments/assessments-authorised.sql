-- measure: assessments-authorised
-- title: Assessments completed
-- says: How many child and family assessments were authorised in the 12 months that end with the day. Ask at 31 March
--   for the published year.
-- numerator: Assessments authorised in the 12 months
-- denominator: none
-- exclusions: Assessments not yet authorised, or with an end before their beginning
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: assessments
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C2
-- edition: year ending 31 March 2025
-- catalogue: cin-assessments-count
-- needs: cin_assessments
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, a.assessment_id as subject_id, a.child_id, a.done_on as from_on, y.until as to_on
from {assessment_done} a
join {past 12 months} y on y.day = a.done_on
