-- measure: care-applications-rate
-- title: Care applications per 10,000 children
-- says: How many applications for a care order the court issued in the 12 months that end with the day, each child
--   counted, for each 10,000 children of 0 to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Care applications
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Applications for a supervision order alone
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: applications per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Cafcass published data, as LAIT item 275 restates them; population: Office for National Statistics,
--   mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: care-applications-rate
-- needs: care_proceedings, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: Cafcass counts an application about brothers and sisters once; this counts each child's row of the
--   record.
-- per: 10,000
select 'numerator' as part, a.proceedings_id as subject_id, a.from_on, y.until as to_on, 1 as weight
from {care_proceedings} a
join {past 12 months} y on y.day = a.from_on
where position('care' in lower(a.application)) > 0
union all
select 'denominator', council, from_on, to_on, children
from {population} p
