-- Each stretch in which one worker was a child's main worker: the lead where there is one, else the accountable worker;
-- of two, the one whose unbroken hold began later. Touching stretches of one worker are one.
-- unbroken by child_id, worker_id
select child_id, worker_id, from_on, to_on from {main_worker_chosen} c
union all
select child_id, worker_id, from_on, to_on from {held_in_order} o
where not exists (select 1 from {held_together} t where t.child_id = o.child_id)
