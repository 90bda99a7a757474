-- measure: episodes-of-need-any-point
-- title: Children in need at any point in the year
-- says: How many episodes of need were open on any day of the 12 months that end with the day. Ask at 31 March for the
--   published year.
-- numerator: Episodes open at the end of the day, and those closed in the 12 months
-- denominator: none
-- exclusions: Referrals with no further action; episodes closed because an assessment found no need (RC8, RC9)
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: episodes
-- counts: distinct
-- belongs_to: child
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table B1
-- edition: year ending 31 March 2025
-- catalogue: cin-any-point
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: That episodes closed as RC8 or RC9 are left out was not read in the methodology; it follows from the
--   published tables, where episodes starting are referrals less those with no further action and those not in need.
select 'numerator' as part, e.referral_id as subject_id, e.child_id, e.from_on,
    case when e.found_not_in_need = 1 then e.ended_on else y.until end as to_on
from {episode_of_need} e
left join {past 12 months} y on y.day = e.ended_on
