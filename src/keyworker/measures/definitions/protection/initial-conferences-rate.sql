-- measure: initial-conferences-rate
-- title: Initial child protection conferences per 10,000 children
-- says: How many initial child protection conferences were held in the 12 months that end with the day, for each
--   10,000 children of 0 to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Initial child protection conferences
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Conferences that are due and not yet held
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: conferences per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 269; population: Office for National
--   Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cin-icpc-rate
-- needs: initial_cp_conference, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, c.icpc_id as subject_id, c.happened_on as from_on, y.until as to_on, 1 as weight
from {conference} c
join {past 12 months} y on y.day = c.happened_on
union all
select 'denominator', council, from_on, to_on, children
from {population} p
