-- measure: cases-held
-- title: Cases held by social workers
-- says: How many open children social workers held on the day, three brothers and sisters being three cases; a
--   case is the lead worker's, or the accountable worker's where nobody leads.
-- numerator: Open children held by social workers, the council's own and agency workers
-- denominator: none
-- exclusions: Carers held for fostering or adoption, of whom the record holds none; cases of staff who are not
--   social workers
-- period: on the day; ask at 30 September for the published figure
-- looks_back: the day
-- unit: cases
-- counts: sum
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE), 3.4.16
-- edition: 2024 to 2025
-- catalogue: sw-cases-held
-- needs: cin_episodes, involvements, appointment
-- small_numbers: workers
-- unconfirmed: none
select 'numerator' as part, worker_id as subject_id, worker_id, cast(cases as bigint) as weight, from_on, to_on
from {social_worker_load} s
where cases > 0
