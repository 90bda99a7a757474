-- The days on which the council may place a child for adoption and has not: from a placement order or the parents'
-- consent until the child is placed or the plan changes.
-- unbroken by subject_id
select a.child_id as subject_id, a.day as from_on, min(p.ended_on) as to_on
from (
    select child_id, placement_order_on as day from {permanence} p where placement_order_on <= %(at)s
    union
    select child_id, from_on from {legal_status} l where lower(legal_status) = 'e1'
    union
    select child_id, happened_on from {step} s where kind = 'consent to place' and child_id is not null
) a
left join (
    select child_id, {plus_days placed_for_adoption_on 1} as ended_on from {permanence} p
    union all
    select child_id, {plus_days decision_reversed_on 1} from {permanence} p
    union all
    select child_id, {plus_days permanence_order_on 1} from {permanence} p
) p on p.child_id = a.child_id and p.ended_on > a.day and p.ended_on <= %(after)s
group by a.child_id, a.day
