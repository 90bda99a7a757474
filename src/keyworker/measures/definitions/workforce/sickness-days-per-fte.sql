-- measure: sickness-days-per-fte
-- title: Sickness days per full-time social worker
-- says: Working days that the council's own social workers lost to sickness in the 12 months that end with the
--   day, for each full-time equivalent in post at their end.
-- numerator: Working days, Monday to Friday, within a recorded absence for sickness, each counted as the part of a
--   whole week that the worker works; counted anew from the dates, so that a day counts once however many rows say
--   so
-- denominator: Full-time equivalent of the council's own social workers in post on the day
-- exclusions: Absence for any other reason than sickness; agency workers; weekends and bank holidays; workers
--   whose hours are not known
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: days per FTE
-- counts: ratio
-- belongs_to: team
-- better: lower
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-days-lost-per-fte
-- needs: appointment, absence
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, team_id, fte as weight, from_on, to_on
from {sick_day} s
union all
select 'denominator', worker_id, team_id, fte, from_on, to_on
from {employed_row} r
where fte is not null
