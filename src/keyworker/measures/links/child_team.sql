-- of: child
-- to: team
-- says: The team that a child is with: the lead worker's, else the accountable worker's, else the team that holds the
--   work itself, else the team that the child was referred to, else that of whoever else is involved.
-- claims: yes
select child_id as key, team_id as value, team_rank as rank, from_on as since_on, entry_id as order_id, from_on, to_on
from {child_involved} i where team_id is not null
union all
select child_id, team_id, rank, since_on, order_id, from_on, to_on from {child_held_by_team} h
union all
select child_id, team_id, 2, from_on, entry_id, from_on, to_on from {cin_episodes} e where team_id is not null
