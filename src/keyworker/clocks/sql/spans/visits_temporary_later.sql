-- The days on which a child lives with a relative or friend approved for the time being, or with a parent under an
-- interim care order, from the first review on.
select a.child_id as subject_id, min(r.happened_on) as from_on, a.to_on
from {living_arrangement} a
join {care_review} r
    on r.child_id = a.child_id and r.happened_on >= a.from_on and (a.to_on is null or r.happened_on < a.to_on)
where a.arrangement = 'temporary'
group by a.child_id, a.from_on, a.to_on, a.entry_id
