-- Each time in care, short breaks left out. `ended_on` is the day on which a child ceased to be looked after, at the end of
-- which they are looked after no longer; `why` is how that came about, and `again_on` the day on which the child next came
-- into care.
select s.child_id, s.from_on, s.to_on - 1 as ended_on, upper(substr(trim(e.episode_ceased_reason), 1, 3)) as why,
    lead(s.from_on) over (partition by s.child_id order by s.from_on) as again_on,
    lead(s.to_on - 1) over (partition by s.child_id order by s.from_on) as ended_again_on
from {care_stay} s
left join (
    select child_id, to_on, min(episode_ceased_reason) as episode_ceased_reason from {cla_episodes} l
    where to_on > from_on and episode_ceased_reason is not null
    group by child_id, to_on
) e on e.child_id = s.child_id and e.to_on = s.to_on
