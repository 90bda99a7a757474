-- The last day on which one rule of visits spoke of a looked after child: the placement ended, or what it stands
-- under changed. Where the next begins on that very day, the day before, so that a visit on the day of the move
-- counts for the new one. A temporary move ends nothing.
-- Held in: cla_placement
select a.child_id as subject_id,
    case when min(n.from_on) is null then {plus_days a.to_on -1} else {plus_days a.to_on -2} end as day,
    cast(null as time) as at_time, cast(null as timestamp with time zone) as entered_at,
    cast(null as timestamp with time zone) as recorded_at, cast(null as bigint) as act_id, a.entry_id
from {living_arrangement} a
left join {living_arrangement} n
    on n.child_id = a.child_id and n.entry_id <> a.entry_id and n.from_on = {plus_days a.to_on -1}
    and n.from_on > a.from_on
left join {living_arrangement} t
    on t.child_id = a.child_id and t.arrangement = 'temporary move'
    and t.from_on <= a.to_on and t.from_on >= {plus_days a.to_on -1}
where a.to_on is not null and a.arrangement <> 'temporary move' and t.entry_id is null
group by a.child_id, a.to_on, a.entry_id
