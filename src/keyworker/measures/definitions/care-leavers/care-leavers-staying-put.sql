-- measure: care-leavers-staying-put
-- title: Staying put
-- says: Of the young people aged 18 to 20 on the day who left care on their 18th birthday from a foster home, the
--   share who live with their former foster carers.
-- numerator: Those of them whose accommodation is with former foster carers
-- denominator: Young people of 18 to 20 who were in foster care when they ceased to be looked after at 18
-- exclusions: Those whose birth date is not held, as on a snapshot; whether somebody was eligible by 13 weeks of care
--   is not checked
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 354
-- edition: 2025 release
-- catalogue: care-leaver-staying-put
-- needs: cla_episodes, cla_placement, care_leavers, person
-- small_numbers: children
-- unconfirmed: The published figure is taken around each birthday; the record keeps only the newest state, so ask for
--   the newest day.
select 'denominator' as part, s.child_id as subject_id, s.child_id, a.until as from_on, z.until as to_on
from {in_care} s
join {person} p on p.child_id = s.child_id
join {past 18 years} a on a.day = p.birth_on
join {past 21 years} z on z.day = p.birth_on
join {cla_placement} m on m.child_id = s.child_id and m.from_on <= s.ended_on and (m.to_on is null or m.to_on >= s.ended_on)
where s.ended_on >= a.until - 1 and s.ended_on <= a.until and upper(substr(trim(m.type), 1, 1)) = 'U'
union all
select 'numerator', c.child_id, c.child_id, a.until, z.until
from {care_leavers} c
join {person} p on p.child_id = c.child_id
join {past 18 years} a on a.day = p.birth_on
join {past 21 years} z on z.day = p.birth_on
where upper(substr(trim(c.accommodation), 1, 1)) = 'Z'
