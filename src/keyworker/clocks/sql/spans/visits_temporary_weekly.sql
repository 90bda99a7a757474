-- The days on which a child lives with a relative or friend approved for the time being, or with a parent under an
-- interim care order, until the first review: a visit is due every week.
select a.child_id as subject_id, a.from_on, coalesce(min(r.happened_on), a.to_on) as to_on
from {living_arrangement} a
left join {care_review} r
    on r.child_id = a.child_id and r.happened_on >= a.from_on and (a.to_on is null or r.happened_on < a.to_on)
where a.arrangement = 'temporary'
group by a.child_id, a.from_on, a.to_on, a.entry_id
