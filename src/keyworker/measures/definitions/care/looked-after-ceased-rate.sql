-- measure: looked-after-ceased-rate
-- title: Children ceasing to be looked after per 10,000 children
-- says: How many children ceased to be looked after in the 12 months that end with the day, a child who left twice
--   counted once, for each 10,000 children of 0 to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Children ceasing to be looked after
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Series of short breaks; a new placement or legal status in care
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: children per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Children looked after in England including adoptions, official statistics (DfE); population: Office for
--   National Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cla-ceased
-- needs: cla_episodes, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, s.child_id as subject_id, s.ended_on as from_on,
    least(coalesce(s.ended_again_on, y.until), y.until) as to_on, 1 as weight
from {in_care} s
join {past 12 months} y on y.day = s.ended_on
union all
select 'denominator', council, from_on, to_on, children
from {population} p
