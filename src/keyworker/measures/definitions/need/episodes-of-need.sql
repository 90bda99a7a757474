-- measure: episodes-of-need
-- title: Children in need
-- says: How many episodes of need were open at the end of the day. Ask at 31 March for the published count.
-- numerator: Episodes with a referral by the day that had not been closed by the end of it
-- denominator: none
-- exclusions: Referrals with no further action
-- period: on the day
-- unit: episodes
-- counts: distinct
-- belongs_to: child
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table B1; that an episode closed on
--   31 March is not open then follows from the table, where open and ended add up to those open at any point
-- edition: year ending 31 March 2025
-- catalogue: cin-rate-31-march
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, referral_id as subject_id, child_id, from_on, ended_on as to_on
from {episode_of_need} e
