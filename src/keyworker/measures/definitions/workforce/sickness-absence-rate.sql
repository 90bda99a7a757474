-- measure: sickness-absence-rate
-- title: Sickness absence rate
-- says: Working days that the council's own social workers lost to sickness in the 12 months that end with the
--   day, as a share of the days that those in post at their end would work.
-- numerator: Working days, Monday to Friday, within a recorded absence for sickness, each counted as the part of a
--   whole week that the worker works; counted anew from the dates, so that a day counts once however many rows say
--   so
-- denominator: Full-time equivalent of the council's own social workers in post on the day, times 253 working
--   days, or 254 where the 12 months hold a 29 February
-- exclusions: Absence for any other reason than sickness; agency workers; weekends and bank holidays; workers
--   whose hours are not known
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: percent
-- counts: ratio
-- belongs_to: team
-- better: lower
-- source: Children's social work workforce methodology (DfE), absence
-- edition: 2025, published 19 March 2026
-- catalogue: sw-absence-rate
-- needs: appointment, absence
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, team_id, fte as weight, from_on, to_on
from {sick_day} s
union all
select 'denominator', worker_id, team_id, 253 * fte, from_on, to_on
from {employed_row} r
where fte is not null
union all
select 'denominator', r.worker_id, r.team_id, r.fte, greatest(r.from_on, l.day),
    least(coalesce(r.to_on, l.until), l.until)
from {employed_row} r
join {past 12 months} l on l.until > r.from_on and (r.to_on is null or l.day < r.to_on)
where r.fte is not null and extract(month from l.day) = 2 and extract(day from l.day) = 29
