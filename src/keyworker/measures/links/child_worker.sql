-- of: child
-- to: worker
-- says: The worker who holds the child: the lead, else the accountable worker; of two the later come.
-- claims: yes
select child_id as key, worker_id as value, rank, since_on, order_id, from_on, to_on from {child_held} h
