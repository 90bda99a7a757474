-- group: district
-- title: District
-- says: The district of the team as it was on the day; county-wide where a team serves no district.
-- of: team
-- claims: yes
-- otherwise: unmapped
select team_id as key, coalesce(district, 'county-wide') as value, 3 as rank, from_on as since_on,
    entry_id as order_id, from_on, to_on
from {team} t
union all
select team_id, district, rank, date '0001-01-01', 0, from_on, to_on from {team_meant} m where district is not null
