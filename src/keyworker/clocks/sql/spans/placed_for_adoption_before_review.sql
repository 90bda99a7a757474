-- The days on which a child is placed for adoption, until the first review since then.
select p.child_id as subject_id, p.placed_on as from_on,
    case when p.to_on is null or min(r.day) < p.to_on then min(r.day) else p.to_on end as to_on
from (
    select child_id, placed_for_adoption_on as placed_on,
        case when decision_reversed_on < permanence_order_on or permanence_order_on is null
            then {plus_days decision_reversed_on 1} else {plus_days permanence_order_on 1} end as to_on
    from {permanence} p
    where placed_for_adoption_on <= %(at)s
) p
left join {adoption_review} r on r.child_id = p.child_id and r.day >= p.placed_on
    and (p.to_on is null or r.day < p.to_on)
group by p.child_id, p.placed_on, p.to_on
