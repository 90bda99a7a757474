-- measure: referrals-nfa
-- title: Referrals that came to nothing
-- says: Of the referrals of the 12 months that end with the day, the share on which no further action was decided. Ask
--   at 31 March for the published year.
-- numerator: Those of them marked as no further action
-- denominator: Referrals received in the 12 months
-- exclusions: Requests about a child with an open case
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C1
-- edition: year ending 31 March 2025
-- catalogue: cin-nfa-pct
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.referral_id as subject_id, r.child_id, r.from_on, y.until as to_on
from {referral} r
join {past 12 months} y on y.day = r.from_on
union all
select 'numerator', r.referral_id, r.child_id, r.from_on, y.until
from {referral} r
join {past 12 months} y on y.day = r.from_on
where r.referral_nfa = true
