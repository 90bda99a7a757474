-- measure: cpp-reviewed-in-time
-- title: Child protection plans reviewed in time
-- says: Of the child protection plans that had been open for three months or more on the day, the share of which every
--   review conference that had fallen due was held in time.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them with no review conference that was late, or whose day has passed without one
-- denominator: Child protection plans of this council open at the end of the day that began three months or more before
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 19
-- edition: 2025 release
-- catalogue: cpp-reviewed-in-time
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: Whether the published share leaves out reviews that were late more than a year before was not read in
--   the methodology; here every review of the plan counts.
select 'denominator' as part, p.cp_plan_id as subject_id, p.child_id, w.until as from_on, p.ended_on as to_on
from {own_plan} p
join {past 3 months} w on w.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, w.until,
    least(coalesce(p.ended_on, l.late_on), coalesce(l.late_on, p.ended_on))
from {own_plan} p
join {past 3 months} w on w.day = p.from_on
left join (
    select o.cp_plan_id, min(r.due_on + 1) as late_on
    from {own_plan} o
    join {readings published rcpc-first-3m, rcpc-subsequent-6m} r
        on r.child_id = o.child_id and r.started_on >= o.from_on
        and (o.ended_on is null or r.started_on <= o.ended_on)
    where coalesce(r.met_in_time, 'no') <> 'yes' and (r.stopped_on is null or r.stopped_on > r.due_on)
    group by o.cp_plan_id
) l on l.cp_plan_id = p.cp_plan_id
