-- The day from which time in care counts towards becoming an eligible child: the fourteenth birthday of a child who was
-- then looked after, or the first day in care after it, up to eighteen.
-- Held in: cla_episodes
select s.child_id as subject_id,
    min(case when s.from_on > {plus_months p.birth_on 168} then s.from_on else {plus_months p.birth_on 168} end) as day,
    cast(null as time) as at_time, p.entered_at, p.recorded_at, p.act_id, p.entry_id
from {care_stay} s
join {person} p on p.child_id = s.child_id
where (s.to_on is null or s.to_on > {plus_months p.birth_on 168}) and s.from_on < {plus_months p.birth_on 216}
group by s.child_id, p.entered_at, p.recorded_at, p.act_id, p.entry_id
