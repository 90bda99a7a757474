-- measure: time-in-service
-- title: Time in service with this council
-- says: Of the council's own social workers in post on the day, the share in each band of years since they began
--   in a child and family role here.
-- numerator: Those of them in the band
-- denominator: Different people among the council's own social workers in post
-- exclusions: Agency workers; years before a break in employment here
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce, official statistics (DfE), time in service table
-- edition: 2025, published 19 March 2026
-- catalogue: sw-time-in-service
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: Exact bands not checked against the table.
select 'denominator' as part, worker_id as subject_id, worker_id, cast(null as varchar(200)) as band, from_on, to_on
from {employed_stay} d
union all
select 'numerator', worker_id, worker_id, band, from_on, to_on
from {service_band} n
