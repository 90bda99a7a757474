-- measure: section-47-enquiries
-- title: Section 47 enquiries
-- says: How many section 47 enquiries were started in the 12 months that end with the day. Ask at 31 March for the
--   published year.
-- numerator: Enquiries whose strategy discussion was held in the 12 months
-- denominator: none
-- exclusions: none
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: enquiries
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C4; LAIT item 217 is the rate
-- edition: year ending 31 March 2025
-- catalogue: cin-s47-rate
-- needs: s47_enquiry
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, q.s47_enquiry_id as subject_id, q.child_id, q.from_on, y.until as to_on
from {s47_enquiry} q
join {past 12 months} y on y.day = q.from_on
