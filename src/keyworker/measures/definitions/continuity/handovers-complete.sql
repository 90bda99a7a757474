-- measure: handovers-complete
-- title: Changes of worker in which the child was told, introduced and offered a goodbye
-- says: Of the changes of worker that were agreed here and began in the 12 months that end with the day, the share in
--   which the child was told on a day before the new worker's first, met both workers together, and was offered a
--   goodbye.
-- numerator: Those of them for which all three days are recorded, the first of them before the new worker's first day
-- denominator: Changes of worker that were offered and accepted here, and began in the 12 months
-- exclusions: A child's first worker; changes that the case system alone tells of; offers refused, withdrawn or waiting
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Keyworker's own definition of a complete change of worker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: handover
-- small_numbers: children
-- unconfirmed: Local definition.
select 'denominator' as part, h.handover_id as subject_id, h.child_id, h.starts_on as from_on, y.until as to_on
from {handover} h
join {past 12 months} y on y.day = h.starts_on
where h.answer = 'accepted'
union all
select 'numerator', h.handover_id, h.child_id, greatest(h.starts_on, h.introduced_on, h.goodbye_on), y.until
from {handover} h
join {past 12 months} y on y.day = h.starts_on
where h.answer = 'accepted' and h.told_on < h.starts_on and h.introduced_on is not null and h.goodbye_on is not null
