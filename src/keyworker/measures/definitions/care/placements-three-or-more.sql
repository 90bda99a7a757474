-- measure: placements-three-or-more
-- title: Three or more placements in a year
-- says: Of the children looked after at the end of the day, the share who lived in three placements or more in the 12
--   months that end with it. Ask at 31 March for the published year.
-- numerator: Those of them with three or more placements that began or went on in the 12 months
-- denominator: Children looked after at the end of the day
-- exclusions: Placements of less than 24 hours; temporary moves; being placed for adoption with the carers of the
--   time; series of short breaks
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 372
-- edition: 2025 release
-- catalogue: cla-placements-3plus
-- needs: cla_episodes, cla_placement
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, ended_on as to_on from {in_care} s
union all
select 'numerator', child_id, child_id, from_on, to_on from {placements_in_year} p where at_once >= 3
