-- measure: enquiries-to-conference
-- title: Section 47 enquiries leading to a conference
-- says: Of the section 47 enquiries started in the 12 months that end with the day, the share of which a first conference
--   had been held by the day.
-- numerator: Those of them with an initial child protection conference held by the day
-- denominator: Enquiries started in the 12 months
-- exclusions: none
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C4, one figure over another
-- edition: year ending 31 March 2025
-- catalogue: icpc-conversion
-- needs: s47_enquiry, initial_cp_conference
-- small_numbers: children
-- unconfirmed: No official definition.
select 'denominator' as part, q.s47_enquiry_id as subject_id, q.child_id, q.from_on, y.until as to_on
from {s47_enquiry} q
join {past 12 months} y on y.day = q.from_on
union all
select 'numerator', q.s47_enquiry_id, q.child_id, greatest(q.from_on, c.happened_on), y.until
from {s47_enquiry} q
join {past 12 months} y on y.day = q.from_on
join {conference} c on c.s47_enquiry_id = q.s47_enquiry_id
