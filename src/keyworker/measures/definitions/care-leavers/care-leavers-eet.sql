-- measure: care-leavers-eet
-- title: Care leavers in education, employment or training
-- says: Of the former relevant care leavers aged 19 to 21 on the day, the share who study, train or work, full time
--   or part time.
-- numerator: Those of them in education, employment or training
-- denominator: Former relevant care leavers aged 19 to 21, those with whom nobody is in touch among them
-- exclusions: Those whose birth date is not held, as on a snapshot
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 113
-- edition: 2025 release
-- catalogue: care-leaver-eet
-- needs: care_leavers, person
-- small_numbers: children
-- unconfirmed: The published figure is taken around each birthday; the record keeps only the newest state, so ask for
--   the newest day.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {former_relevant} c
union all
select 'numerator', child_id, child_id, from_on, to_on from {former_relevant} c where substr(activity, 1, 1) in ('F', 'P')
