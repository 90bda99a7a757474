-- of: worker
-- to: team
-- says: The team of a worker by their appointment; of two on one day the later begun.
-- claims: no
select worker_id as key, team_id as value, from_on, to_on from {worker_team} t
