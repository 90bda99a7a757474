-- measure: referrals-rate
-- title: Referrals per 10,000 children
-- says: How many referrals about a child who was not open already came in the 12 months that end with the day, for
--   each 10,000 children of 0 to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Referrals
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Requests about a child with an open case
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: referrals per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 305; population: Office for National
--   Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cin-referrals-rate
-- needs: cin_episodes, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, r.referral_id as subject_id, r.from_on, y.until as to_on, 1 as weight
from {referral} r
join {past 12 months} y on y.day = r.from_on
union all
select 'denominator', council, from_on, to_on, children
from {population} p
