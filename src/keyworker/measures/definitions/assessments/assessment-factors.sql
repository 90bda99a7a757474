-- measure: assessment-factors
-- title: Factors found at the end of assessment
-- says: Of the episodes with an assessment authorised in the 12 months that end with the day that names any factor, the
--   share with each factor. A factor counts once for an episode however many assessments name it.
-- numerator: Those of them with the factor
-- denominator: Episodes with an assessment authorised in the 12 months that names a factor, "no factors" (21) among them
-- exclusions: Assessments that name no factor; one that names no referral stands for an episode of its own
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C3
-- edition: year ending 31 March 2025
-- catalogue: cin-assessment-factors
-- needs: cin_assessments, assessment_factors
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, f.subject_id, f.child_id, f.done_on as from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {factor_found} f
join {past 12 months} y on y.day = f.done_on
union all
select 'numerator', f.subject_id, f.child_id, f.done_on, y.until, f.code
from {factor_found} f
join {past 12 months} y on y.day = f.done_on
