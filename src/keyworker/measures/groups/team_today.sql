-- group: team today
-- title: Team, on today's structure
-- says: What has become of the team that it was with on the day: renamed, merged or moved. Of a team split in several,
--   and of one of which nothing is recorded, the name that it had on the day.
-- of: team
-- claims: yes
-- otherwise: the key itself
select team_id as key, name as value, 3 as rank, from_on as since_on, 0 as order_id, from_on, to_on from {team_today} t
where name is not null
union all
select team_id, coalesce(name, cast(team_id as text)), 2, from_on, entry_id, from_on, to_on from {team} a
union all
select team_id, coalesce(name, called), 1, date '0001-01-01', 0, date '0001-01-01', cast(null as date)
from {team_known} k
