-- measure: leaver-destinations
-- title: Where leavers went
-- says: Of the council's own social workers who left in the 12 months that end with the day, the share that went
--   to each kind of place, by the census's code.
-- numerator: Those of them with the code in the record of the last post; not recorded where it has none
-- denominator: Different people who left in the 12 months
-- exclusions: Agency workers; a move to another child and family post here; absence; somebody who began and left
--   within the 12 months
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: team
-- better: neither
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE), 3.4.13
-- edition: 2024 to 2025
-- catalogue: sw-leaver-destination
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, team_id, cast(null as varchar(200)) as band, from_on, to_on
from {leaver} d
union all
select 'numerator', worker_id, team_id, coalesce(leaving_destination, 'not recorded'), from_on, to_on
from {leaver} n
