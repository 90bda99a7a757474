-- measure: referrals-by-source
-- title: Referrals by source
-- says: Of the referrals of the 12 months that end with the day, the share that came from each source. Ask at 31 March
--   for the published year.
-- numerator: Those of them from the source
-- denominator: Referrals received in the 12 months
-- exclusions: Requests about a child with an open case
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 374
-- edition: 2025 release
-- catalogue: cin-referrals-source
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.referral_id as subject_id, r.child_id, r.from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {referral} r
join {past 12 months} y on y.day = r.from_on
union all
select 'numerator', r.referral_id, r.child_id, r.from_on, y.until, coalesce(r.referral_source_code, 'not recorded')
from {referral} r
join {past 12 months} y on y.day = r.from_on
