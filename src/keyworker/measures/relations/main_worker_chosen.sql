-- The main worker of children who were at some time held by two rows at once: the lead first, then the later begun hold.
-- one at a time by child_id, with worker_id, first by rank, from_on desc, worker_id desc
select child_id, worker_id, case when role = 'lead' then 0 else 1 end as rank, from_on, to_on from {main_hold} h
