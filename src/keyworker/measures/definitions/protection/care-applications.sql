-- measure: care-applications
-- title: Care applications
-- says: How many applications for a care order the court issued in the 12 months that end with the day, each child counted.
-- numerator: Applications for a care order issued in the 12 months
-- denominator: none
-- exclusions: Applications for a supervision order alone
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: applications
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Cafcass published data; LAIT item 275 is the rate
-- edition: 2025 release
-- catalogue: care-applications-rate
-- needs: care_proceedings
-- small_numbers: children
-- unconfirmed: Cafcass counts an application about brothers and sisters once; this counts each child's row of the record.
select 'numerator' as part, p.proceedings_id as subject_id, p.child_id, p.from_on, y.until as to_on
from {care_proceedings} p
join {past 12 months} y on y.day = p.from_on
where position('care' in lower(p.application)) > 0
