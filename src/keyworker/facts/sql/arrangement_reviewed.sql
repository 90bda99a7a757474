-- Each arrangement in which a looked after child lives, with the day of the first review in it.
select a.child_id, a.arrangement, a.from_on, a.to_on, min(r.happened_on) as first_reviewed_on
from {living_arrangement} a
left join {care_review} r
    on r.child_id = a.child_id and r.happened_on >= a.from_on and (a.to_on is null or r.happened_on < a.to_on)
group by a.child_id, a.arrangement, a.from_on, a.to_on, a.entry_id
