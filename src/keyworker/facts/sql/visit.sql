-- Every visit, made or meant, of whatever kind. Its outcome is what the source says, or else what its flags say.
-- A flag that says not seen is believed against one that says seen alone; a visit without either is not recorded.
select v.child_id, v.kind, v.happened_on, v.worker_id, v.reason, v.cancelled_by, v.entered_at, v.recorded_at,
    v.act_id, v.source, v.entry_id, v.not_same_on,
    case when said in ('seen alone', 'not seen', 'cancelled', 'no access') then said
        when said = 'seen' and seen_alone then 'seen alone'
        when said = 'seen' then 'seen'
        when seen = false then 'not seen'
        when seen_alone then 'seen alone'
        when seen then 'seen'
        else 'not recorded' end as outcome
from (
    select 'cin' as kind, child_id, happened_on, worker_id, seen, seen_alone, reason, cancelled_by, entered_at,
        recorded_at, act_id, source, entry_id, not_same_on, lower(replace(outcome, '_', ' ')) as said
    from {cin_visits} cin
    union all
    select 'cp', child_id, happened_on, worker_id, seen, seen_alone, reason, cancelled_by, entered_at,
        recorded_at, act_id, source, entry_id, not_same_on, lower(replace(outcome, '_', ' '))
    from {cp_visits} cp
    union all
    select 'cla', child_id, happened_on, worker_id, seen, seen_alone, reason, cancelled_by, entered_at,
        recorded_at, act_id, source, entry_id, not_same_on, lower(replace(outcome, '_', ' '))
    from {cla_visits} cla
    union all
    select coalesce(visit_kind, 'other'), child_id, happened_on, worker_id, seen, seen_alone, reason, cancelled_by,
        entered_at, recorded_at, act_id, source, entry_id, not_same_on, lower(replace(outcome, '_', ' '))
    from {other_visit} other
) v
where v.happened_on is not null
