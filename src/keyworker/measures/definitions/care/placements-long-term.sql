-- measure: placements-long-term
-- title: Long-term placement stability
-- says: Of the children under 16 who had been looked after for two and a half years or more at the end of the day,
--   the share who had lived in one placement for two years, or were placed for adoption and had done so together with
--   the placement before.
-- numerator: Those of them in the same placement for 24 months, or placed for adoption with the placement before it
--   for 24 months in all
-- denominator: Children under 16 looked after for 30 months without a break
-- exclusions: Children whose birth date is not held: a snapshot holds none; series of short breaks
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 393
-- edition: 2025 release
-- catalogue: cla-long-term-stability
-- needs: cla_episodes, cla_placement, person
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, y.until as from_on,
    least(coalesce(s.ended_on, b.until), b.until) as to_on
from {in_care} s
join {past 30 months} y on y.day = s.from_on
join {person} p on p.child_id = s.child_id
join {past 16 years} b on b.day = p.birth_on
union all
select 'numerator', m.child_id, m.child_id, y.until, m.to_on
from {placement_stretch} m
join {past 24 months} y on y.day = m.from_on
union all
select 'numerator', a.child_id, a.child_id, greatest(a.from_on, y.until), a.to_on
from {cla_placement} a
join {placement_stretch} m on m.child_id = a.child_id and m.to_on >= a.from_on and m.from_on < a.from_on
join {past 24 months} y on y.day = m.from_on
where upper(substr(trim(a.type), 1, 2)) in ('A3', 'A4', 'A5', 'A6')
    and (m.to_on is null or m.to_on <= a.from_on + 1)
