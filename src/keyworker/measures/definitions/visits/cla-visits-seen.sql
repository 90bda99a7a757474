-- measure: cla-visits-seen
-- title: Visits to looked after children at which the child was seen
-- says: Of the visits to looked after children in the calendar month of the day, the share at which the child was
--   seen.
-- numerator: Those of them at which the child was seen, alone or not
-- denominator: Visits made in the month, those among them of which nobody recorded whether the child was seen
-- exclusions: Visits that were cancelled
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Standard Safeguarding Dataset specification (Data to Insight)
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cla_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, cast(v.entry_id as varchar(40)) as subject_id, v.child_id, v.happened_on as from_on, m.until as to_on
from {visit} v
join {calendar_month} m on m.day = v.happened_on
where v.kind = 'cla' and v.outcome <> 'cancelled'
union all
select 'numerator', cast(v.entry_id as varchar(40)), v.child_id, v.happened_on, m.until
from {visit} v
join {calendar_month} m on m.day = v.happened_on
where v.kind = 'cla' and v.outcome in ('seen', 'seen alone')
