-- measure: section-47-enquiries-rate
-- title: Section 47 enquiries per 10,000 children
-- says: How many section 47 enquiries were started in the 12 months that end with the day, for each 10,000 children
--   of 0 to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Section 47 enquiries
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: none
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: enquiries per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 217; population: Office for National
--   Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cin-s47-rate
-- needs: s47_enquiry, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, q.s47_enquiry_id as subject_id, q.from_on, y.until as to_on, 1 as weight
from {s47_enquiry} q
join {past 12 months} y on y.day = q.from_on
union all
select 'denominator', council, from_on, to_on, children
from {population} p
