-- Each review after the first since a child was placed for adoption.
-- Held in: step:adoption review, cla_reviews
select r.child_id as subject_id, r.day, cast(null as time) as at_time, r.entered_at, r.recorded_at, r.act_id, r.entry_id
from {adoption_review} r
join (
    select p.child_id, p.placed_for_adoption_on, min(o.day) as first_on
    from {permanence} p
    join {adoption_review} o on o.child_id = p.child_id and o.day >= p.placed_for_adoption_on
    group by p.child_id, p.placed_for_adoption_on
) f on f.child_id = r.child_id and r.day > f.first_on
