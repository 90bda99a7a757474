-- measure: same-worker-two-reviews
-- title: Same worker across consecutive reviews
-- says: Of the children with a review conference or looked after review in the 12 months that end with the day
--   that followed another of its kind, the share whose worker was the same at the last two.
-- numerator: Those of them with the same main worker on both days
-- denominator: Children whose last review lies in the 12 months and follows another of the same kind
-- exclusions: First reviews; reviews that were cancelled
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Standard Safeguarding Dataset specification (Data to Insight)
-- edition: 1, in force from the first release
-- catalogue: same-sw-2-reviews
-- needs: involvements
-- small_numbers: children
-- unconfirmed: Local definition.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {review_pair} d
union all
select 'numerator', r.child_id, r.child_id, r.from_on, r.to_on
from {review_pair} r
join {main_worker} a on a.child_id = r.child_id and a.from_on <= r.earlier_on
    and (a.to_on is null or a.to_on > r.earlier_on)
join {main_worker} b on b.child_id = r.child_id and b.from_on <= r.from_on
    and (b.to_on is null or b.to_on > r.from_on) and b.worker_id = a.worker_id
