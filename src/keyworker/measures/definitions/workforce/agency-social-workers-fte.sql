-- measure: agency-social-workers-fte
-- title: Agency social workers, full-time equivalent
-- says: How many social workers worked here on the day without being paid directly by the council, counted by the
--   part of a whole week that each works.
-- numerator: Full-time equivalent of agency social workers in post; each record is a person of its own
-- denominator: none
-- exclusions: Workers whose hours are not known
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: FTE
-- counts: sum
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce methodology (DfE)
-- edition: 2025, published 19 March 2026
-- catalogue: sw-agency-fte
-- needs: appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, entry_id as subject_id, worker_id, fte as weight, from_on, to_on
from {social_work_row} r
where is_agency = 1 and fte is not null
