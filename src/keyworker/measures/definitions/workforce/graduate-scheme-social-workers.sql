-- measure: graduate-scheme-social-workers
-- title: Step Up and Frontline graduates in post
-- says: Of the council's own social workers at the newest workforce census, the share that came through Step Up to
--   Social Work and through Frontline.
-- numerator: Those of them with the mark of the route
-- denominator: The council's own social workers of the census, by person
-- exclusions: Agency workers, leavers of the year and whoever the return does not name; the record's posts hold no
--   such facts
-- period: the newest census, for the 12 months from its count day, 30 September
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce census 2024 to 2025: business and technical specification, version 1
--   (DfE), 3.4.8 and 3.4.19
-- edition: 2024 to 2025
-- catalogue: sw-graduate-scheme
-- needs: workforce_snapshot
-- small_numbers: workers
-- unconfirmed: Whether published each year.
select 'denominator' as part, worker_id as subject_id, worker_id, cast(null as varchar(200)) as band, from_on, to_on
from {census_worker} d
where worker_id is not null
union all
select 'numerator', worker_id, worker_id,
    scheme as band, from_on, to_on
from {census_worker} n
where worker_id is not null and scheme is not null
