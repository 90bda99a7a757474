-- measure: assessment-duration-bands
-- title: Assessments by how long they took
-- says: Of the assessments authorised in the 12 months that end with the day, the share that took each number of working
--   days from their start. Many in 41 to 45 with few in 46 to 50 says that work is done for the date.
-- numerator: Those of them in the band
-- denominator: Assessments authorised in the 12 months
-- exclusions: Assessments not yet authorised, or with an end before their beginning
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C2
-- edition: year ending 31 March 2025
-- catalogue: cin-assessment-45wd
-- needs: cin_assessments
-- small_numbers: children
-- unconfirmed: Start point of the published duration (referral or assessment start) not read in the methodology.
select 'denominator' as part, a.assessment_id as subject_id, a.child_id, a.done_on as from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {assessment_done} a
join {past 12 months} y on y.day = a.done_on
union all
select 'numerator', a.assessment_id, a.child_id, a.done_on, y.until,
    case when a.done_on = a.from_on then '0, the same day'
        when a.working_days <= 10 then '1 to 10'
        when a.working_days <= 20 then '11 to 20'
        when a.working_days <= 30 then '21 to 30'
        when a.working_days <= 40 then '31 to 40'
        when a.working_days <= 45 then '41 to 45'
        when a.working_days <= 50 then '46 to 50'
        when a.working_days <= 60 then '51 to 60'
        else '61 or more' end
from {assessment_done} a
join {past 12 months} y on y.day = a.done_on
