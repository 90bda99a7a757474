-- Child protection plans of this council. `ended_on` is the day on which a plan ended, at the end of which it is no
-- longer open; `number` says how many plans the child has had by then, this one counted; of two begun on one day the one
-- with the later `cp_plan_id` comes later. A plan has run for two years when it has run for more than 729 days, its first
-- and its last counted: so it does from `two_years_on`.
select p.cp_plan_id, p.child_id, p.from_on, p.to_on - 1 as ended_on, p.initial_category, p.latest_category,
    row_number() over (partition by p.child_id order by p.from_on, p.cp_plan_id) as number, w.until as two_years_on
from {cp_plans} p
join {past 729 days} w on w.day = p.from_on
where coalesce(p.from_other_authority, false) = false and (p.to_on is null or p.to_on > p.from_on)
