-- What the council has said that its word for a team means: where it named the team itself, before where it gave its name.
select k.team_id, m.district, m.team_type, case when m.said_key = {key_of k.called} then 2 else 1 end as rank,
    m.from_on, m.to_on
from {team_known} k
join {meaning_then} m on m.subject = 'team' and m.said_key in ({key_of k.called}, {key_of k.name})
