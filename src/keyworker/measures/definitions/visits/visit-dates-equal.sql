-- measure: visit-dates-equal
-- title: Children whose own plan asks for the very visit that the service asks of all
-- says: Of the children for whom both the service's minimum and their own plan say by when they are next to be seen, the
--   share for whom the two days are simply the same: a plan that was not thought out for the child often copies it.
-- numerator: Those of them for whom the two days are equal
-- denominator: Children with a day by which they are next to be seen both from the service's minimum for a child
--   protection or child in need plan and from their own plan
-- exclusions: Children whose own plan says nothing of visits, or to whom no minimum applies
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: neither
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: child_plan
-- small_numbers: children
-- unconfirmed: none
with duty as (
    select child_id, rule, started_on, due_on,
        case when met_on is null then stopped_on when stopped_on is null then met_on else least(met_on, stopped_on) end
            as closed_on
    from {readings visit-own-plan, cp-visit, cin-visit} r
    where due_on is not null
),
two as (
    select o.child_id, greatest(o.started_on, s.started_on) as from_on,
        case when o.closed_on is null then s.closed_on when s.closed_on is null then o.closed_on
            else least(o.closed_on, s.closed_on) end as to_on,
        case when o.due_on = s.due_on then 'yes' else 'no' end as is_equal
    from duty o
    join duty s on s.child_id = o.child_id and s.rule <> 'visit-own-plan'
    where o.rule = 'visit-own-plan'
        and (o.closed_on is null or o.closed_on > s.started_on) and (s.closed_on is null or s.closed_on > o.started_on)
)
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from two t
union all
select 'numerator', child_id, child_id, from_on, to_on from two t where is_equal = 'yes'
