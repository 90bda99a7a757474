-- measure: open-without-record-or-supervision
-- title: Open children with neither a recent record nor recent case supervision
-- says: Of the children open to the service, the share of whom nothing that happened was recorded in the last 28 days,
--   and who were spoken of in no case supervision in the last two months.
-- numerator: Those of them of whom no visit, conference, review, contact or step happened in the 28 days up to and with
--   the day, whose case was not opened in them either, and of whom no case supervision was held in the last two months
-- denominator: Children open to the service on the day
-- exclusions: Supervision that was cancelled; what happened but had not been recorded by the moment asked about
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Keyworker; 28 days and two months are its own limits and no law
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
with held as (
    select child_id, happened_on as day, w.until
    from {recorded_event} e
    join {within 28 days} w on w.day = e.happened_on
    union all
    select child_id, happened_on, w.until
    from {case_supervision} s
    join {within 2 months} w on w.day = s.happened_on
    where {key_of s.outcome} = 'held'
    union all
    select child_id, from_on, w.until
    from {open_row} o
    join {within 28 days} w on w.day = o.from_on
),
days as (
    select child_id, day, max(until) as until from held group by child_id, day
),
reached as (
    select child_id, lead(day) over (partition by child_id order by day) as next_on,
        max(until) over (partition by child_id order by day rows between unbounded preceding and current row) as until
    from days
)
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {open_row} o
union all
select 'numerator', child_id, child_id, until, next_on
from reached
where next_on is null or next_on > until
