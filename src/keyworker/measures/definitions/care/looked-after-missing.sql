-- measure: looked-after-missing
-- title: Looked after children who went missing
-- says: Of the children looked after on any day of the 12 months that end with the day, the share who were missing at
--   least once while they were. Some councils record every absence as missing.
-- numerator: Those of them missing on any day of the 12 months, in care
-- denominator: Children looked after on any day of the 12 months
-- exclusions: Series of short breaks; away from placement without authorisation
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 161
-- edition: 2025 release
-- catalogue: cla-missing
-- needs: cla_episodes, missing
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, s.from_on, y.until as to_on
from {in_care} s
left join {past 12 months} y on y.day = s.ended_on
union all
select 'numerator', s.child_id, s.child_id, greatest(m.from_on, s.from_on), y.until
from {in_care} s
join {missing} m on m.child_id = s.child_id and (s.ended_on is null or m.from_on < s.ended_on)
    and (m.to_on is null or m.to_on > s.from_on)
left join {past 12 months} y
    on y.day = least(coalesce(s.ended_on, m.to_on - 1), coalesce(m.to_on - 1, s.ended_on))
where (m.to_on is null or m.to_on > m.from_on) and lower(coalesce(m.episode_type, 'missing')) not in ('a', 'away')
