-- Days of children's lives held by a main worker in a period, by the team that held them.
select team_id, sum(least(coalesce(to_on, %(after)s), %(after)s) - greatest(from_on, %(since)s)) as days
from (
    select h.*, max(case when role = 'lead' then 1 else 0 end) over (partition by child_id) as has_lead
    from {holding} h
    where role in ('lead', 'accountable')
) held
where ((has_lead = 1 and role = 'lead') or has_lead = 0)
    and from_on < %(after)s and coalesce(to_on, %(after)s) > %(since)s
group by team_id
