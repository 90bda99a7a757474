-- measure: return-interviews-offered
-- title: Return interviews offered
-- says: Of the times that a child was missing and came back in the calendar month of the day, the share after which a
--   return home interview was offered.
-- numerator: Those of them after which one was offered
-- denominator: Times missing that ended in the month
-- exclusions: Away from placement without authorisation; times to which the source says that it does not apply
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Statutory guidance on children who run away or go missing from home or care (DfE, January 2014)
-- edition: January 2014
-- catalogue: missing-rhi-offered
-- needs: missing
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, missing_id as subject_id, child_id, back_on as from_on, until as to_on
from {missing_over} m where coalesce(offered, '') <> 'NA'
union all
select 'numerator', missing_id, child_id, back_on, until from {missing_over} m where offered in ('Y', 'YES')
