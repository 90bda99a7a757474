-- measure: review-conferences-quorate
-- title: Review conferences with enough agencies
-- says: Of the review conferences of the 12 months that end with the day of which that is recorded, the share at
--   which enough agencies were there to decide.
-- numerator: Those of them that were quorate
-- denominator: Review conferences held in the 12 months that say whether they were
-- exclusions: Conferences that do not say; which agencies came is not recorded
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cp_reviews
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, v.cp_review_id as subject_id, v.child_id, v.happened_on as from_on, y.until as to_on
from {cp_reviews} v
join {past 12 months} y on y.day = v.happened_on
where v.quorate is not null
union all
select 'numerator', v.cp_review_id, v.child_id, v.happened_on, y.until
from {cp_reviews} v
join {past 12 months} y on y.day = v.happened_on
where lower(substr(trim(v.quorate), 1, 1)) in ('y', 't', '1') or lower(trim(v.quorate)) = 'quorate'
