-- measure: episodes-of-need-duration-ended
-- title: Duration of ended episodes
-- says: Of the episodes of need closed in the 12 months that end with the day, the share in each band of time from
--   referral to closing. Ask at 31 March for the published year.
-- numerator: Those of them in the band
-- denominator: Episodes closed in the 12 months
-- exclusions: Referrals with no further action; episodes closed because an assessment found no need (RC8, RC9)
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 266
-- edition: 2025 release
-- catalogue: cin-duration-ended
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: That episodes closed as RC8 or RC9 are left out was not read in the methodology; it follows from the
--   published tables, where open and ended episodes add up to those open at any point and starts leave these out.
select 'denominator' as part, e.referral_id as subject_id, e.child_id, e.ended_on as from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {episode_of_need} e
join {past 12 months} y on y.day = e.ended_on
where e.found_not_in_need = 0
union all
select 'numerator', e.referral_id, e.child_id, e.ended_on, y.until, b.band
from {episode_of_need} e
join {past 12 months} y on y.day = e.ended_on
join {need_band} b on b.day = e.from_on and b.from_on <= e.ended_on and (b.to_on is null or b.to_on > e.ended_on)
where e.found_not_in_need = 0
