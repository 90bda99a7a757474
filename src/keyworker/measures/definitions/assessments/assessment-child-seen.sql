-- measure: assessment-child-seen
-- title: Child seen during assessment
-- says: Of the assessments authorised in the six months that end with the day, the share in which the child was seen.
-- numerator: Those of them that say that the child was seen
-- denominator: Assessments authorised in the six months
-- exclusions: Assessments not yet authorised; one that does not say whether the child was seen stays in the denominator
-- period: the six months that end with the day
-- looks_back: six months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 4
-- edition: framework from 2018
-- catalogue: assessment-child-seen
-- needs: cin_assessments
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.assessment_id as subject_id, a.child_id, a.done_on as from_on, y.until as to_on
from {assessment_done} a
join {past 6 months} y on y.day = a.done_on
union all
select 'numerator', a.assessment_id, a.child_id, a.done_on, y.until
from {assessment_done} a
join {past 6 months} y on y.day = a.done_on
where a.child_seen = true
