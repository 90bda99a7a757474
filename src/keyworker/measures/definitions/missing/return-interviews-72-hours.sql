-- measure: return-interviews-72-hours
-- title: Return interviews within 72 hours
-- says: Of the return home interviews held in the calendar month of the day, the share held within 72 hours of the
--   child's return.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them held within 72 hours
-- denominator: Interviews held in the month
-- exclusions: Offers that the child declined; interviews of which nobody can tell, because a time of day is lacking
--   and decides
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Statutory guidance on children who run away or go missing from home or care (DfE, January 2014)
-- edition: January 2014
-- catalogue: missing-rhi-72h
-- needs: missing
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.met_on as from_on, m.until as to_on
from {readings published missing-rhi-72h} r
join {calendar_month} m on m.day = r.met_on
join {step} s on s.child_id = r.child_id and s.happened_on = r.met_on and s.kind = 'return home interview'
    and coalesce(s.outcome, 'held') = 'held'
where r.met_in_time <> 'cannot tell'
union all
select 'numerator', r.duty_id, r.child_id, r.met_on, m.until
from {readings published missing-rhi-72h} r
join {calendar_month} m on m.day = r.met_on
where r.met_in_time = 'yes'
