-- Each review since a child was placed for adoption, with the day of the first.
select r.child_id, r.day, f.first_on, r.entered_at, r.recorded_at, r.act_id, r.entry_id
from {adoption_review} r
join (
    select p.child_id, p.placed_for_adoption_on, min(o.day) as first_on
    from {permanence} p
    join {adoption_review} o on o.child_id = p.child_id and o.day >= p.placed_for_adoption_on
    group by p.child_id, p.placed_for_adoption_on
) f on f.child_id = r.child_id and r.day >= f.first_on
