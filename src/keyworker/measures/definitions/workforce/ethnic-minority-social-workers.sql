-- measure: ethnic-minority-social-workers
-- title: Social workers from ethnic minority backgrounds
-- says: Of the council's own social workers at the newest workforce census whose ethnic background is known, the
--   share that is not white.
-- numerator: Those of them whose background is none of the white ones
-- denominator: The council's own social workers of the census, by person, whose background is known
-- exclusions: Agency workers, leavers of the year and whoever the return does not name; the record's posts hold no
--   such facts; those who did not say or were not asked
-- period: the newest census, for the 12 months from its count day, 30 September
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: neither
-- source: Children's social care dashboard and National Framework indicators (DfE), workforce enabler
-- edition: 2024
-- catalogue: sw-ethnicity-minority
-- needs: workforce_snapshot
-- small_numbers: workers
-- unconfirmed: Treatment of not known in the denominator.
select 'denominator' as part, worker_id as subject_id, worker_id, from_on, to_on
from {census_worker} d
where ethnicity is not null and upper(ethnicity) not in ('REFU', 'NOBT')
union all
select 'numerator', worker_id, worker_id, from_on, to_on
from {census_worker} n
where ethnicity is not null and upper(ethnicity) not in ('REFU', 'NOBT')
    and upper(ethnicity) not in ('WBRI', 'WIRI', 'WOTH')
