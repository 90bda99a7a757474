-- measure: episodes-of-need-ended
-- title: Episodes of need ending
-- says: How many episodes of need were closed in the 12 months that end with the day. Ask at 31 March for the published
--   year.
-- numerator: Episodes closed in the 12 months
-- denominator: none
-- exclusions: Referrals with no further action; episodes closed because an assessment found no need (RC8, RC9)
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: episodes
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table B1
-- edition: year ending 31 March 2025
-- catalogue: cin-ended
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: That episodes closed as RC8 or RC9 are left out was not read in the methodology; it follows from the
--   published tables, where open and ended episodes add up to those open at any point and starts leave these out.
select 'numerator' as part, e.referral_id as subject_id, e.child_id, e.ended_on as from_on, y.until as to_on
from {episode_of_need} e
join {past 12 months} y on y.day = e.ended_on
where e.found_not_in_need = 0
