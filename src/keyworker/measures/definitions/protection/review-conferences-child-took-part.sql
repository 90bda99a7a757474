-- measure: review-conferences-child-took-part
-- title: Review conferences in which the child took part
-- says: Of the review conferences of the 12 months that end with the day, the share in which the child gave their
--   views: by being there, through an advocate, or by sending them.
-- numerator: Those of them with participation PN1, PN2, PN3, PN5 or PN6
-- denominator: Review conferences held in the 12 months that say how the child took part
-- exclusions: Children under four (PN0); conferences that do not say
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
where v.participation is not null and upper(substr(trim(v.participation), 1, 3)) <> 'PN0'
union all
select 'numerator', v.cp_review_id, v.child_id, v.happened_on, y.until
from {cp_reviews} v
join {past 12 months} y on y.day = v.happened_on
where upper(substr(trim(v.participation), 1, 3)) in ('PN1', 'PN2', 'PN3', 'PN5', 'PN6')
