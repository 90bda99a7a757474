-- measure: care-leavers-in-touch
-- title: Care leavers in touch
-- says: Of the former relevant care leavers aged 19 to 21 on the day, the share with whom the council is in touch.
-- numerator: Those of them with whom the council is in touch
-- denominator: Former relevant care leavers aged 19 to 21
-- exclusions: Those whose birth date is not held, as on a snapshot
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 317, which is published as not in
--   touch
-- edition: 2025 release
-- catalogue: care-leaver-in-touch
-- needs: care_leavers, person
-- small_numbers: children
-- unconfirmed: The published figure is taken around each birthday; the record keeps only the newest state, so ask for
--   the newest day.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {former_relevant} c
union all
select 'numerator', child_id, child_id, from_on, to_on from {former_relevant} c where in_touch in ('YES', 'Y', 'A', 'A)', 'A) YES')
