-- measure: episodes-of-need-duration
-- title: Duration of open episodes
-- says: Of the episodes of need open at the end of the day, the share whose referral came in each band of time before.
-- numerator: Those of them in the band
-- denominator: Episodes open at the end of the day
-- exclusions: Referrals with no further action
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 265
-- edition: 2025 release
-- catalogue: cin-duration-open
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, e.referral_id as subject_id, e.child_id, e.from_on, e.ended_on as to_on,
    cast(null as varchar(200)) as band
from {episode_of_need} e
union all
select 'numerator', e.referral_id, e.child_id, b.from_on,
    least(coalesce(e.ended_on, b.to_on), coalesce(b.to_on, e.ended_on)), b.band
from {episode_of_need} e
join {need_band} b on b.day = e.from_on
