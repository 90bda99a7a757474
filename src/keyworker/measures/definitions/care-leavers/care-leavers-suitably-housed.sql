-- measure: care-leavers-suitably-housed
-- title: Care leavers in suitable accommodation
-- says: Of the former relevant care leavers aged 19 to 21 on the day, the share whose accommodation is suitable.
-- numerator: Those of them in suitable accommodation
-- denominator: Former relevant care leavers aged 19 to 21, those with whom nobody is in touch among them
-- exclusions: Died; returned home for six months or more; gone abroad, deported or residence not known; those whose
--   birth date is not held, as on a snapshot
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 112
-- edition: 2025 release
-- catalogue: care-leaver-accommodation
-- needs: care_leavers, person
-- small_numbers: children
-- unconfirmed: The published figure is taken around each birthday; the record keeps only the newest state, so ask for
--   the newest day.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {former_relevant} c
where coalesce(in_touch, '') not in ('DIED', 'RHOM', 'C', 'C)', 'F', 'F)')
    and coalesce(substr(accommodation, 1, 1), '') not in ('G', 'H', 'R')
union all
select 'numerator', child_id, child_id, from_on, to_on
from {former_relevant} c
where suitable in ('1', 'a', 'a)', 'suitable') or substr(accommodation, 2, 1) = '1'
