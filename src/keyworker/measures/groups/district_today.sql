-- group: district today
-- title: District, on today's structure
-- says: The district of what has become of the team that it was with on the day; a team split over several is unmapped.
-- of: team
-- claims: yes
-- otherwise: unmapped
select team_id as key, district as value, 4 as rank, from_on as since_on, 0 as order_id, from_on, to_on
from {team_today} t
union all
select team_id, coalesce(district, 'county-wide'), 3, from_on, entry_id, from_on, to_on from {team} a
union all
select team_id, district, rank, date '0001-01-01', 0, from_on, to_on from {team_meant} m where district is not null
