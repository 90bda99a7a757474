-- measure: leavers-time-in-service
-- title: Time in service of leavers
-- says: Of the council's own social workers who left in the 12 months that end with the day, the share in each
--   band of years of service on their last day.
-- numerator: Those of them in the band on the last day
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
-- source: Children's social work workforce, official statistics (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-leaver-time-in-service
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Table layout not checked.
select 'denominator' as part, worker_id as subject_id, team_id, cast(null as varchar(200)) as band, from_on, to_on
from {leaver} d
union all
select 'numerator', l.worker_id, l.team_id, b.band, l.from_on, l.to_on
from {leaver} l
join {service_band} b on b.worker_id = l.worker_id and b.began_on = l.began_on
    and b.from_on < l.left_on and b.to_on >= l.left_on
