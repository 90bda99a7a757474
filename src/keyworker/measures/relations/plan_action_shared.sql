-- The days on which an action of a child's plan was open beside one of the very same words for another child of the family.
-- unbroken by child_id, action_id
select a.child_id, a.action_id, greatest(a.happened_on, b.happened_on) as from_on,
    least(coalesce(a.ended_on, b.ended_on), coalesce(b.ended_on, a.ended_on)) as to_on
from {plan_action} a
join {family} f on f.child_id = a.child_id
join {family} g on g.family_id = f.family_id and g.child_id <> f.child_id
join {plan_action} b on b.child_id = g.child_id and trim(b.what) = trim(a.what)
where (a.ended_on is null or a.ended_on > b.happened_on) and (b.ended_on is null or b.ended_on > a.happened_on)
    and (a.ended_on is null or a.ended_on > a.happened_on) and (b.ended_on is null or b.ended_on > b.happened_on)
