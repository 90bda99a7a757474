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
select k.team_id, m.district, case when m.said_key = {key_of k.called} then 2 else 1 end, date '0001-01-01', 0,
    m.from_on, m.to_on
from {team_known} k
join {meaning_then} m on m.subject = 'team' and m.said_key in ({key_of k.called}, {key_of k.name})
where m.district is not null
