-- measure: social-workers-by-age-and-sex
-- title: Age and sex of social workers
-- says: Of the council's own social workers at the newest workforce census, the share of each age band and sex on
--   its count day.
-- numerator: Those of them of the sex and in the age band
-- denominator: The council's own social workers of the census, by person
-- exclusions: Agency workers, leavers of the year and whoever the return does not name; the record's posts hold no
--   such facts. A snapshot holds no birth dates, so that all ages are not known there
-- period: the newest census, for the 12 months from its count day, 30 September
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: worker
-- better: neither
-- source: Children's social work workforce, official statistics (DfE)
-- edition: 2025, published 19 March 2026; sex in place of gender from then on
-- catalogue: sw-age-sex
-- needs: workforce_snapshot
-- small_numbers: workers
-- unconfirmed: The published age bands were not read; here they are tens of years, with under 30 and 50 or over.
select 'denominator' as part, worker_id as subject_id, worker_id, cast(null as varchar(200)) as band, from_on, to_on
from {census_worker} d
where worker_id is not null
union all
select 'numerator', worker_id, worker_id,
    case upper(sex) when 'F' then 'female' when '2' then 'female' when 'M' then 'male' when '1' then 'male'
        else 'sex not known' end || ', ' ||
        case when age is null then 'age not known' when age < 300000 then 'under 30' when age < 400000 then '30 to 39'
        when age < 500000 then '40 to 49' else '50 or over' end as band, from_on, to_on
from {census_worker} n
where worker_id is not null and worker_id is not null
