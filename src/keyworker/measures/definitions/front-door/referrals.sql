-- measure: referrals
-- title: Referrals
-- says: How many referrals about a child who was not open already came in the 12 months that end with the day. Ask at
--   31 March for the published year.
-- numerator: Referrals received in the 12 months
-- denominator: none
-- exclusions: Requests about a child with an open case
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: referrals
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C1
-- edition: year ending 31 March 2025
-- catalogue: cin-referrals
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, r.referral_id as subject_id, r.child_id, r.from_on, y.until as to_on
from {referral} r
join {past 12 months} y on y.day = r.from_on
