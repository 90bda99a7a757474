-- measure: starter-origins
-- title: What starters did before
-- says: Of the council's own social workers who began in the 12 months that end with the day, the share that came
--   from each kind of work, by the census's code; code 1 is newly qualified.
-- numerator: Those of them with the code in the record of the first post; not recorded where it has none
-- denominator: Different people who began in the 12 months
-- exclusions: Agency workers; a second post of somebody who is here already; who left again within the 12 months
-- period: the 12 months that end with the day; ask at 30 September for the published figure
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: team
-- better: neither
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE), 3.4.11
-- edition: 2024 to 2025
-- catalogue: sw-starter-origin
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'denominator' as part, worker_id as subject_id, team_id, cast(null as varchar(200)) as band, from_on, to_on
from {starter} d
union all
select 'numerator', worker_id, team_id, coalesce(start_origin, 'not recorded'), from_on, to_on
from {starter} n
