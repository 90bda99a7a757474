-- measure: cla-visits-seen-alone
-- title: Visits to looked after children at which the child was seen alone
-- says: Of the visits to looked after children in the calendar month of the day at which the child was seen, the
--   share at which they were seen alone.
-- numerator: Those of them at which the child was seen alone
-- denominator: Visits made in the month at which a child of four or over was seen
-- exclusions: Children under four on the day of the visit, from whom the looked after return asks for no views
--   either; where no birth date is held (a snapshot) nobody is left out
-- period: the calendar month of the day, up to and with it
-- looks_back: a month
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A
-- edition: framework from 2018
-- catalogue: none
-- needs: cla_visits
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, cast(v.entry_id as varchar(40)) as subject_id, v.child_id, v.happened_on as from_on, m.until as to_on
from {visit} v
join {calendar_month} m on m.day = v.happened_on
where v.kind = 'cla' and v.outcome in ('seen', 'seen alone')
    and not exists (select 1 from {four_on} f where f.child_id = v.child_id and f.four_on > v.happened_on)
union all
select 'numerator', cast(v.entry_id as varchar(40)), v.child_id, v.happened_on, m.until
from {visit} v
join {calendar_month} m on m.day = v.happened_on
where v.kind = 'cla' and v.outcome = 'seen alone'
