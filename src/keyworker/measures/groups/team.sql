-- group: team
-- title: Team
-- says: The team under the name that it had on the day.
-- of: team
-- claims: yes
-- otherwise: the key itself
select team_id as key, coalesce(name, cast(team_id as text)) as value, 2 as rank, from_on as since_on, entry_id as order_id,
    from_on, to_on
from {team} t
union all
select team_id, coalesce(name, called), 1, date '0001-01-01', 0, date '0001-01-01', cast(null as date)
from {team_known} k
