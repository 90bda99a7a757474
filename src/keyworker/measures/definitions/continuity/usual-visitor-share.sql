-- measure: usual-visitor-share
-- title: Visits by the usual visitor
-- says: Of the visits made to children in 12 months, the share made by the worker who came most often to the
--   child: usual provider continuity (UPC) over visits, of children with three visits or more.
-- numerator: Visits by the worker who made most of the child's visits
-- denominator: Visits made to children with three or more, of which the record says who made them
-- exclusions: Children with fewer than three such visits; visits called off or to which nobody came to the door;
--   visits without a worker. The average is over visits, so that children who are seen rarely weigh less
-- period: the 12 months that end with the last month's end on or before the day
-- looks_back: 12 months
-- unit: percent
-- counts: ratio
-- belongs_to: child
-- better: higher
-- source: Continuity of care indices, UPC; Keyworker's methods page has the formula
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: none
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, visits as weight, from_on, to_on
from {visitor_year} d
union all
select 'numerator', child_id, child_id, most, from_on, to_on
from {visitor_year} n
