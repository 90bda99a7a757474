-- of: child
-- to: team
-- says: The team that a child is with: the lead worker's, else the accountable worker's, else the team that holds the
--   work itself, else the team that the child was referred to, else that of whoever else is involved.
-- claims: yes
select key, value, rank, since_on, order_id, from_on, to_on
from (
    select i.child_id as key, i.team_id as value,
        case when i.worker_id is null or lower(w.allocation_role) = 'none' then 3
            when lower(w.allocation_role) = 'lead' then 5
            when lower(w.allocation_role) = 'accountable' then 4
            else 1 end as rank,
        i.from_on as since_on, i.entry_id as order_id, i.from_on, i.to_on
    from {involvements} i
    left join {role_word} w
        on w.said_key = {key_of i.role}
        and w.from_on <= coalesce(i.to_on - 1, %(at)s)
        and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))
    where i.team_id is not null
    union all
    select h.child_id, t.team_id, h.rank + 3, h.since_on, h.order_id, greatest(h.from_on, t.from_on),
        least(coalesce(h.to_on, t.to_on), coalesce(t.to_on, h.to_on))
    from {child_held} h
    join {worker_team} t on t.worker_id = h.worker_id
        and t.from_on < coalesce(h.to_on, date '9999-12-31') and coalesce(t.to_on, date '9999-12-31') > h.from_on
    where h.team_id is null
    union all
    select child_id, team_id, 2, from_on, entry_id, from_on, to_on from {cin_episodes} e where team_id is not null
) claims
