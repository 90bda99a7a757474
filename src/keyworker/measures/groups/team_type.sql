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
select k.team_id, m.team_type, case when m.said_key = {key_of k.called} then 2 else 1 end, date '0001-01-01', 0,
    m.from_on, m.to_on
from {team_known} k
join {meaning_then} m on m.subject = 'team' and m.said_key in ({key_of k.called}, {key_of k.name})
where m.team_type is not null
