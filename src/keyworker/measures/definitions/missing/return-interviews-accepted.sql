-- measure: return-interviews-accepted
-- title: Return interviews accepted
-- says: Of the return home interviews offered to children who came back in the calendar month of the day, the share
--   that was taken.
-- numerator: Those of them that the child accepted
-- denominator: Times missing that ended in the month, after which an interview was offered
-- exclusions: Away from placement without authorisation
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Statutory guidance on children who run away or go missing from home or care (DfE, January 2014)
-- edition: January 2014
-- catalogue: missing-rhi-accepted
-- needs: missing
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, missing_id as subject_id, child_id, back_on as from_on, until as to_on
from {missing_over} m where offered in ('Y', 'YES')
union all
select 'numerator', missing_id, child_id, back_on, until from {missing_over} m where accepted in ('Y', 'YES')
