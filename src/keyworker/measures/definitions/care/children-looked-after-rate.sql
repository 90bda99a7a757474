-- measure: children-looked-after-rate
-- title: Children looked after per 10,000 children
-- says: How many children were looked after at the end of the day, for each 10,000 children of 0 to 17 who live in the area. Ask at 31
--   March for the published figure.
-- numerator: Children looked after at the end of the day, those who ceased to be on it left out
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Series of short breaks
-- period: on the day
-- looks_back: the day
-- unit: children per 10,000
-- per: 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Children looked after in England including adoptions, official statistics (DfE); population: Office for National
--   Statistics, mid-year estimates
-- edition: 2024 release; population 2012 to 2024
-- catalogue: cla-31-march
-- needs: cla_episodes, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, child_id as subject_id, from_on, ended_on as to_on, 1 as weight
from {in_care} s
union all
select 'denominator', council, from_on, to_on, children
from {population} p
