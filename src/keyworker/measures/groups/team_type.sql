-- group: team type
-- title: Team type
-- says: The work that the team did on the day.
-- of: team
-- claims: yes
-- otherwise: unmapped
select team_id as key, team_type as value, 3 as rank, from_on as since_on, entry_id as order_id, from_on, to_on
from {team} t
where team_type is not null
union all
select team_id, team_type, rank, date '0001-01-01', 0, from_on, to_on from {team_meant} m where team_type is not null
