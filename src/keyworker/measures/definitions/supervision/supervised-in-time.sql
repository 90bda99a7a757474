-- measure: supervised-in-time
-- title: Supervision in time
-- says: Of the social workers to whom supervision was due on the day or soon, the share whose last supervision was
--   inside the interval for their stage: weekly for six weeks and fortnightly to six months for the newly
--   qualified, monthly for everybody else.
-- numerator: Those of the time limits that had not passed by the end of the day
-- denominator: Time limits for a worker's next supervision that ran on the day: one for each social worker who was
--   not away for long
-- exclusions: Workers on an absence of four weeks or longer; a first limit that an agreed exception excuses
-- period: on the day; ask at a month's end for the month
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: worker
-- better: higher
-- source: Standards for employers of social workers in England (LGA), supervision standard; a council's own
--   setting goes before it
-- edition: 2020
-- catalogue: sup-in-time
-- needs: appointment, personal_supervision
-- small_numbers: workers
-- unconfirmed: Exact publication day in 2020 of the interval for the first six weeks not held.
select 'denominator' as part, duty_id as subject_id, worker_id, started_on as from_on,
    least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)) as to_on
from {readings sup-nqsw-weekly, sup-nqsw-fortnightly, sup-nqsw-monthly, sup-experienced-monthly} d
union all
select 'numerator', duty_id, worker_id, started_on,
    least(due_on + 1, coalesce(least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)), due_on + 1))
from {readings sup-nqsw-weekly, sup-nqsw-fortnightly, sup-nqsw-monthly, sup-experienced-monthly} n
where due_on is not null
